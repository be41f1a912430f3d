// The statements of the API document's sample for Java, with its two lost semicolons mended.
import com.duoyinsu.util.DuoyinsuSubmit;
public class Demo {
    public static void main(String[] args) {
        String appid = "ZGQOTdiMDNkNGVmNDAxO";
        String appkey = "TRjYzIxYIwOWYYT";
        String auth_id = "xMzUyMIMUZGYYmV";

        DuoyinsuSubmit ds = new DuoyinsuSubmit(appid, auth_id, appkey);

        String seed = "username";
        String dynamic_code = "888666";

        String uid = ds.getUid(seed);

        String result  = ds.verifyAuthorization(uid, dynamic_code);
        if(result.equals("OK")){
            String qrcodeUrl = ds.getQrcodeUrl(uid);
            System.out.println("[success] 检验成功! 您的二维码如下:" + qrcodeUrl);

        }else{
            System.out.println("检验失败:" + result);
        }

    }
}
