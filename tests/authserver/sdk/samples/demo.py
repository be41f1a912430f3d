# The statements of the API document's sample for Python, with its broken quotes and brackets mended. print has
# brackets because Python 3 wants them.
from duoyinsu import duoyinsu

duoyinsuApi = duoyinsu("app_id","app_key","auth_id")

r = duoyinsuApi.getQrcode("wangzhenfei")
if r:
     print("Qrcode Bind Url: " + r)

r = duoyinsuApi.traditional('wangzhenfei', '572100')
if r['codetype'] == "200":
     print("Authorized Result: "+r['msg'])
else:
     print("Authorized Result: "+r['msg'])
