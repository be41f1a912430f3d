<?php
// Makes the calls that standard input names, for sdk_test.py, which explains the lines.
error_reporting(E_ALL);
require __DIR__ . '/../duoyinsu.class.php';

while (($line = fgets(STDIN)) !== false) {
    $arguments = explode("\t", rtrim($line, "\n"));
    $name = array_shift($arguments);
    try {
        if ($name === 'new') {
            $arguments[5] = (int) $arguments[5];
            $site = new duoyinsu(...$arguments);
            $answer = 'made';
        } else {
            $answer = $site->$name(...$arguments);
        }
        if ($name === 'traditional') {
            $answer = ['codetype' => $answer];
        }
        if (is_array($answer)) {
            $answer = array_filter($answer, 'is_scalar');
            $members = array_map(fn($key, $value) => "$key=$value", array_keys($answer), $answer);
            echo implode("\t", ['map', ...$members]), "\n";
        } else {
            echo "value\t$answer\n";
        }
    } catch (DuoyinsuException $problem) {
        echo "error\t", $problem->getMessage(), "\n";
    }
}
