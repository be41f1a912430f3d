import com.duoyinsu.util.DuoyinsuSubmit;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Makes the calls that standard input names, for sdk_test.py, which explains the lines. */
public class Driver {
    public static void main(String[] ignored) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DuoyinsuSubmit site = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split("\t", -1);
            try {
                if (words[0].equals("new")) {
                    site = new DuoyinsuSubmit(words[1], words[3], words[2], words[4],
                        words[5].isEmpty() ? null : words[5], Duration.ofSeconds(Integer.parseInt(words[6])));
                    out.println("value\tmade");
                } else {
                    say(out, call(site, words[0], Arrays.copyOfRange(words, 1, words.length)));
                }
            } catch (DuoyinsuSubmit.DuoyinsuException problem) {
                out.println("error\t" + problem.getMessage().replaceAll("\\s+", " "));
            }
        }
    }

    private static Object call(DuoyinsuSubmit site, String name, String[] arguments) throws Exception {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        String here = name.equals("getQrcode") ? "getQrcodeUrl" : name; // as the samples call it in Java
        try {
            return DuoyinsuSubmit.class.getMethod(here, types).invoke(site, (Object[]) arguments);
        } catch (InvocationTargetException thrown) {
            throw (Exception) thrown.getCause();
        }
    }

    private static void say(PrintStream out, Object answer) {
        if (!(answer instanceof Map)) {
            out.println("value\t" + answer);
            return;
        }
        StringBuilder line = new StringBuilder("map");
        ((Map<?, ?>) answer).forEach((name, value) -> line.append('\t').append(name).append('=').append(value));
        out.println(line);
    }
}
