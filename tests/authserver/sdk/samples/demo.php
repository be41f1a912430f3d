<?php
// The statements of the API document's sample for PHP, with its broken quotes and a lost semicolon mended.
include 'duoyinsu.class.php';

$duoyinsu = new duoyinsu($app_id,$app_key,$auth_id);

$seed = 'username';
$uid=$duoyinsu->getUid("$seed");
$otp_code='864194';

$ret = $duoyinsu->traditional($uid,$otp_code);

if ("$ret" == "200" ) {
    echo "Authentication is successful!\n";
}else{
    echo "$ret\n";
}
