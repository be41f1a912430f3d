<?php
/**
 * The authentication server's calls for a site's backend. PHP 7.4 or newer with its curl extension.
 *
 * Names and arguments are those of the API document's sample. Nothing is printed; TLS is always verified.
 * The server is the argument $api, else the environment's DUOYINSU_API, else the vendor's; $ca_file (else
 * DUOYINSU_CA_FILE) names a PEM file of authorities to trust beside the system's folder, for a company's own.
 */

/** No authentic answer came: network, TLS, time-out, or an answer that is none. The user is not logged in. */
class DuoyinsuException extends RuntimeException
{
}

class duoyinsu
{
    private const VENDOR = 'https://api.duoyinsu.com/v1';
    private const LONGEST_ANSWER = 65536;

    private string $app_id;
    private string $app_key;
    private string $auth_id;
    private string $api;
    private string $ca_file;
    private int $timeout;

    /** @param int $timeout seconds for a whole call */
    public function __construct(
        string $app_id,
        #[\SensitiveParameter] string $app_key,
        #[\SensitiveParameter] string $auth_id,
        string $api = '',
        string $ca_file = '',
        int $timeout = 15
    ) {
        $this->app_id = $app_id;
        $this->app_key = $app_key;
        $this->auth_id = $auth_id;
        $this->api = rtrim($api ?: getenv('DUOYINSU_API') ?: self::VENDOR, '/');
        $this->ca_file = $ca_file ?: getenv('DUOYINSU_CA_FILE') ?: '';
        $this->timeout = $timeout;
        if (strncmp($this->api, 'https://', 8) !== 0) {
            throw new DuoyinsuException('the address of the API must begin with https://');
        }
    }

    /** The uid of a user name: 64 hexadecimal digits, always the same, not to be guessed without auth_id. */
    public function getUid(string $seed): string
    {
        return hash_hmac('sha256', $seed, $this->auth_id);
    }

    /**
     * The signed address of the picture that binds a token; show it to that user only. Asks nobody.
     * A user who has a token already needs its $dynamic_code; $account stands on the label instead of the uid.
     */
    public function getQrcode(string $uid, string $dynamic_code = '', string $account = ''): string
    {
        $query = ['appid' => $this->app_id, 'uid' => $uid];
        if ($dynamic_code !== '') {
            $query['dynamic_code'] = $dynamic_code;
        }
        $query['signature'] = $this->sign($this->app_id, $dynamic_code, $uid);
        if ($account !== '') {
            $query['account'] = $account;
            $text = implode("\n", ['account', $this->app_id, $uid, $account]);
            $query['account_mac'] = hash_hmac('sha256', $text, $this->app_key);
        }
        return $this->address('/qrcode', $query);
    }

    /** Checks a code: 200 is right; 600, 407, 604 and the others are not. */
    public function traditional(string $uid, string $dynamic_code): int
    {
        return $this->get('/traditional', [
            'appid' => $this->app_id, 'uid' => $uid, 'dynamic_code' => $dynamic_code,
            'signature' => $this->sign($this->app_id, $dynamic_code, $uid),
        ], 'codetype')['codetype'];
    }

    /** A new login by scan: status; at 200 event_id, qrcode_url, qrcode_data. Keep event_id in the backend. */
    public function qrcodeForAuth(): array
    {
        return $this->get('/qrcode_for_auth', [
            'app_id' => $this->app_id, 'auth_type' => '2', 'signature' => $this->sign($this->app_id, '2'),
        ], 'status');
    }

    /** Asks the user's token directly: status; at 200 event_id. */
    public function pushForAuth(string $uid): array
    {
        return $this->get('/push_for_auth', [
            'app_id' => $this->app_id, 'uid' => $uid, 'auth_type' => '3',
            'signature' => $this->sign($this->app_id, '3', $uid),
        ], 'status');
    }

    /** How a login stands. status 200: confirmed by uid, and authentic; 602 and 201: ask again in a second. */
    public function eventResult(string $event_id): array
    {
        $answer = $this->get('/event_result', [
            'app_id' => $this->app_id, 'event_id' => $event_id,
            'signature' => $this->sign($this->app_id, $event_id),
        ], 'status');
        if ($answer['status'] === 200) {
            $uid = (string) ($answer['uid'] ?? '');
            $expected = $this->sign($this->app_id, $event_id, '200', $uid);
            if ($uid === '' || !hash_equals($expected, (string) ($answer['signature'] ?? ''))) {
                throw new DuoyinsuException('the answer is not signed by the server');
            }
        }
        return $answer;
    }

    private function sign(string ...$parts): string
    {
        return md5(implode('', $parts) . $this->app_key);
    }

    private function address(string $path, array $query): string
    {
        return $this->api . $path . '?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986);
    }

    private function get(string $path, array $query, string $status): array
    {
        $body = '';
        $call = curl_init($this->address($path, $query));
        curl_setopt_array($call, [
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
            CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2, // or newer
            CURLOPT_PROTOCOLS => CURLPROTO_HTTPS,
            CURLOPT_FOLLOWLOCATION => false, // a signed address is for nobody else
            CURLOPT_CONNECTTIMEOUT => min(5, $this->timeout),
            CURLOPT_TIMEOUT => $this->timeout,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_WRITEFUNCTION => function ($call, string $chunk) use (&$body): int {
                $body .= $chunk;
                return strlen($body) > self::LONGEST_ANSWER ? 0 : strlen($chunk); // 0 ends the transfer
            },
        ]);
        if ($this->ca_file !== '') {
            curl_setopt($call, CURLOPT_CAINFO, $this->ca_file);
        }
        if (curl_exec($call) === false) {
            throw new DuoyinsuException('the call failed: ' . curl_error($call));
        }
        $http = curl_getinfo($call, CURLINFO_RESPONSE_CODE);
        if ($http !== 200) {
            throw new DuoyinsuException("the server answered with HTTP status $http");
        }
        $answer = json_decode($body, true);
        $value = is_array($answer) ? $answer[$status] ?? null : null;
        if (!is_int($value) && !(is_string($value) && ctype_digit($value))) {
            throw new DuoyinsuException('the answer is not one of this API');
        }
        $answer[$status] = (int) $value; // a number, or the same as text
        return $answer;
    }
}
