package com.duoyinsu.util;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The authentication server's calls for a site's backend. Java 11 or newer, nothing but the JDK. Any thread.
 *
 * <p>Names and arguments are those of the API document's sample; mind that here the key comes last. Nothing is
 * printed; TLS is always verified. Without an argument the server is the environment's DUOYINSU_API, else the
 * vendor's; DUOYINSU_CA_FILE names a PEM file of authorities to trust beside the JDK's, for a company's own.
 * Answers are maps of text; their numbers are written in decimal.
 */
public class DuoyinsuSubmit {
    /** No authentic answer came: network, TLS, time-out, or an answer that is none. The user is not logged in. */
    public static class DuoyinsuException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DuoyinsuException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final String VENDOR = "https://api.duoyinsu.com/v1";
    private static final int LONGEST_ANSWER = 65536;

    private final String appId;
    private final String authId;
    private final String appKey;
    private final String api;
    private final Duration timeout;
    private final HttpClient client;

    public DuoyinsuSubmit(String appid, String authId, String appkey) {
        this(appid, authId, appkey, null, null, Duration.ofSeconds(15));
    }

    /** api and caFile: null for what the environment says. timeout: for a whole call. */
    public DuoyinsuSubmit(String appid, String authId, String appkey, String api, String caFile, Duration timeout) {
        this.appId = appid;
        this.authId = authId;
        this.appKey = appkey;
        String base = api != null ? api : System.getenv().getOrDefault("DUOYINSU_API", VENDOR);
        this.api = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.timeout = timeout;
        if (!this.api.startsWith("https://")) {
            throw new DuoyinsuException("the address of the API must begin with https://", null);
        }
        Duration toConnect = Duration.ofSeconds(5);
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // a signed address is for nobody else
            .connectTimeout(timeout.compareTo(toConnect) < 0 ? timeout : toConnect);
        String authorities = caFile != null ? caFile : System.getenv("DUOYINSU_CA_FILE");
        this.client = authorities == null ? builder.build() : builder.sslContext(trusting(authorities)).build();
    }

    /** The uid of a user name: 64 hexadecimal digits, always the same, not to be guessed without auth_id. */
    public String getUid(String seed) {
        return hmac(authId, seed);
    }

    /** "OK" if the code is right, else the server's words. */
    public String verifyAuthorization(String uid, String dynamicCode) {
        Map<String, String> answer = traditional(uid, dynamicCode);
        return answer.get("codetype").equals("200")
            ? "OK" : answer.getOrDefault("msg", "codetype " + answer.get("codetype"));
    }

    /** Checks a code: codetype ("200" is right), msg. */
    public Map<String, String> traditional(String uid, String dynamicCode) {
        return get("/traditional", "codetype", "appid", appId, "uid", uid, "dynamic_code", dynamicCode,
            "signature", sign(appId, dynamicCode, uid));
    }

    /** The signed address of the picture that binds a first token; show it to that user only. Asks nobody. */
    public String getQrcodeUrl(String uid) {
        return getQrcodeUrl(uid, "", "");
    }

    /** The same for a user who has a token, with its code; account stands on the label instead of the uid. */
    public String getQrcodeUrl(String uid, String dynamicCode, String account) {
        String url = address("/qrcode", "appid", appId, "uid", uid, "signature", sign(appId, dynamicCode, uid));
        if (!dynamicCode.isEmpty()) {
            url += "&dynamic_code=" + encoded(dynamicCode);
        }
        if (!account.isEmpty()) {
            String mac = hmac(appKey, String.join("\n", "account", appId, uid, account));
            url += "&account=" + encoded(account) + "&account_mac=" + mac;
        }
        return url;
    }

    /** A new login by scan: status; at "200" event_id, qrcode_url, qrcode_data. Keep event_id in the backend. */
    public Map<String, String> qrcodeForAuth() {
        return get("/qrcode_for_auth", "status", "app_id", appId, "auth_type", "2", "signature", sign(appId, "2"));
    }

    /** Asks the user's token directly: status; at "200" event_id. */
    public Map<String, String> pushForAuth(String uid) {
        return get("/push_for_auth", "status", "app_id", appId, "uid", uid, "auth_type", "3",
            "signature", sign(appId, "3", uid));
    }

    /** How a login stands. status "200": confirmed by uid, and authentic; "602", "201": ask again in a second. */
    public Map<String, String> eventResult(String eventId) {
        Map<String, String> answer = get("/event_result", "status", "app_id", appId, "event_id", eventId,
            "signature", sign(appId, eventId));
        if (answer.get("status").equals("200")) {
            String uid = answer.getOrDefault("uid", "");
            byte[] expected = bytes(sign(appId, eventId, "200", uid));
            if (uid.isEmpty() || !MessageDigest.isEqual(expected, bytes(answer.getOrDefault("signature", "")))) {
                throw new DuoyinsuException("the answer is not signed by the server", null);
            }
        }
        return answer;
    }

    private String sign(String... parts) {
        try {
            return hex(MessageDigest.getInstance("MD5").digest(bytes(String.join("", parts) + appKey)));
        } catch (GeneralSecurityException missing) {
            throw new DuoyinsuException("this JDK has no MD5", missing);
        }
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return hex(mac.doFinal(bytes(text)));
        } catch (GeneralSecurityException missing) {
            throw new DuoyinsuException("this JDK has no HMAC-SHA256", missing);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] digest) {
        StringBuilder text = new StringBuilder();
        for (byte one : digest) {
            text.append(String.format("%02x", one));
        }
        return text.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** query: names and values by turns. */
    private String address(String path, String... query) {
        StringBuilder url = new StringBuilder(api).append(path);
        for (int i = 0; i < query.length; i += 2) {
            url.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(encoded(query[i + 1]));
        }
        return url.toString();
    }

    private Map<String, String> get(String path, String status, String... query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address(path, query))).timeout(timeout).build();
        Map<String, String> answer;
        try {
            String body = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(DuoyinsuSubmit::bodyOf).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            answer = new Json(body).object();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new DuoyinsuException("the call was interrupted", interruption);
        } catch (TimeoutException slow) {
            throw new DuoyinsuException("the server did not answer in time", slow);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw cause instanceof DuoyinsuException
                ? (DuoyinsuException) cause : new DuoyinsuException("the call failed: " + cause, cause);
        } catch (IllegalArgumentException malformed) {
            throw new DuoyinsuException("the answer is not one of this API", malformed);
        }
        if (!answer.getOrDefault(status, "").matches("[0-9]{1,9}")) {
            throw new DuoyinsuException("the answer is not one of this API", null);
        }
        return answer;
    }

    private static String bodyOf(HttpResponse<InputStream> answer) {
        try (InputStream stream = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new DuoyinsuException("the server answered with HTTP status " + answer.statusCode(), null);
            }
            byte[] body = stream.readNBytes(LONGEST_ANSWER + 1);
            if (body.length > LONGEST_ANSWER) {
                throw new DuoyinsuException("the answer is too long", null);
            }
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new DuoyinsuException("the call failed: " + failure, failure);
        }
    }

    /** The JDK's authorities and those of a PEM file; the host's name is checked by HttpClient. */
    private static SSLContext trusting(String caFile) {
        try (InputStream file = new FileInputStream(caFile)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (TrustManager manager : managers(null)) {
                for (Certificate known : ((X509TrustManager) manager).getAcceptedIssuers()) {
                    store.setCertificateEntry("ca" + count++, known);
                }
            }
            for (Certificate added : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("ca" + count++, added);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException problem) {
            throw new DuoyinsuException("the file of authorities cannot be read: " + problem, problem);
        }
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** A JSON object as this API sends it. Throws IllegalArgumentException for any other text. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Map<String, String> object() {
            Map<String, String> members = new LinkedHashMap<>();
            expect('{');
            if (next() != '}') {
                do {
                    String name = string();
                    expect(':');
                    if (members.put(name, value()) != null) {
                        throw new IllegalArgumentException("a member is there twice");
                    }
                } while (next() == ',' && ++at > 0);
            }
            expect('}');
            if (!text.substring(at).isBlank()) {
                throw new IllegalArgumentException("text after the object");
            }
            return members;
        }

        /** The next character that is not white space; stays before it. */
        private char next() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at == text.length()) {
                throw new IllegalArgumentException("the text ends early");
            }
            return text.charAt(at);
        }

        private void expect(char wanted) {
            if (next() != wanted) {
                throw new IllegalArgumentException("no " + wanted);
            }
            at++;
        }

        /** Text; a number, true, false or null as written; nothing of an object or a list, which we do not know. */
        private String value() {
            char first = next();
            if (first == '"') {
                return string();
            }
            int start = at;
            if (first == '{' || first == '[') {
                int depth = 0;
                do {
                    char one = next();
                    if (one == '"') {
                        string();
                        continue;
                    }
                    depth += "{[".indexOf(one) >= 0 ? 1 : "}]".indexOf(one) >= 0 ? -1 : 0;
                    at++;
                } while (depth > 0);
                return "";
            }
            while (at < text.length() && ",} \t\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String value = text.substring(start, at);
            if (!value.matches("true|false|null|-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?")) {
                throw new IllegalArgumentException("a value of another kind");
            }
            return value;
        }

        private String string() {
            StringBuilder value = new StringBuilder();
            expect('"');
            while (at < text.length() && text.charAt(at) != '"') {
                char one = text.charAt(at++);
                if (one != '\\') {
                    value.append(one);
                    continue;
                }
                if (at == text.length()) {
                    break;
                }
                int escape = "\"\\/bfnrt".indexOf(one = text.charAt(at++));
                if (escape >= 0) {
                    value.append("\"\\/\b\f\n\r\t".charAt(escape));
                } else if (one == 'u' && at + 4 <= text.length()) {
                    value.append((char) Integer.parseInt(text.substring(at, at += 4), 16));
                } else {
                    throw new IllegalArgumentException("an unknown escape");
                }
            }
            if (at == text.length()) {
                throw new IllegalArgumentException("a string without an end");
            }
            at++;
            return value.toString();
        }
    }
}
