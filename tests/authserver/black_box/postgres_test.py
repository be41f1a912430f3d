"""Several server processes on one PostgreSQL: they share every state, and one may die at any time."""
import copy, http.client, json, os, threading, time, unittest

from background import in_background
from cluster import Cluster
from documents import sha256, totp
from races import race
from server import Event
from token_device import Token

ROUNDS = int(os.environ.get("HUFU_ROUNDS", "3"))  # by hand: 50


class Several(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.server = cls.cluster.server
        cls.uids = 0

    @classmethod
    def tearDownClass(cls):
        cls.cluster.close()

    def bind(self):
        type(self).uids += 1
        return self.server.bind(f"user {self.uids} +/= ü")

    def status(self, answer):
        return answer.json()["status"]

    def test_a_login_goes_through_all_of_them(self):
        token = self.bind()
        event = self.server.new_event()
        with self.cluster.at(0):
            self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base),
                                headers={"User-Agent": "Firefox/128.0"})
        with self.cluster.at(1):
            scanned = token.scan(event)
        self.assertEqual(self.status(scanned), 201)
        self.assertEqual(scanned.json()["context"]["browser"], "Firefox 128")
        fields = token.request("confirm", event, ctx=sha256(scanned.body))
        with self.cluster.at(2):
            confirmed = token.send(event, fields)
        self.assertEqual(self.status(confirmed), 200)
        with self.cluster.at(0):  # the answer was lost; the retry reaches another one
            self.assertEqual(token.send(event, fields).body, confirmed.body)
            self.assertEqual(self.server.result(event)["uid"], token.uid)

    def test_the_same_request_at_all_of_them_at_once_is_executed_once(self):
        token = self.bind()
        for _ in range(20):
            event = self.server.new_event()
            fields = token.request("scan", event)
            body, answers = json.dumps(fields), []

            def send(port):
                line = http.client.HTTPSConnection("localhost", port, context=self.server.tls, timeout=30)
                line.request("POST", "/v1/verify/?token=" + event.token, body, {"Content-Type": "application/json"})
                answers.append(line.getresponse().read())
                line.close()
            threads = [threading.Thread(target=send, args=(port,)) for port in self.cluster.ports]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(len(set(answers)), 1, answers)
            self.assertEqual(json.loads(answers[0])["status"], 201)

    def test_a_poll_at_one_is_woken_by_a_push_at_another(self):
        for pushed_at in range(3):
            token = self.bind()
            with self.cluster.at(1):
                waiting = in_background(lambda: token.poll(25))
                time.sleep(0.4)
            begun = time.monotonic()
            with self.cluster.at(pushed_at):
                self.assertEqual(self.server.push(token.uid)["status"], 200)
            self.assertEqual(len(waiting().json()["requests"]), 1)
            self.assertLess(time.monotonic() - begun, 10)

    def test_a_code_is_good_once_for_all_of_them(self):
        token = self.bind()
        self.server.advance(60)
        code, answers = totp(token.secret, self.server.now()), []
        threads = []
        for number in range(12):
            with self.cluster.at(number % 3):
                port = self.server.port

            def check(port=port):
                server = copy.copy(self.server)
                server.port = port
                answers.append(server.traditional(token.uid, code)["codetype"])
            threads.append(threading.Thread(target=check))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(answers.count(200), 1, answers)

    def test_wrong_codes_are_counted_together(self):
        token = self.bind()
        self.server.advance(60)
        statuses = []
        for number in range(6):
            with self.cluster.at(number % 3):
                statuses.append(self.server.traditional(token.uid, f"{number:06}")["codetype"])
        self.assertEqual(statuses, [600] * 5 + [407])

    def test_of_three_pushes_at_once_one_passes(self):
        for _ in range(10):
            token, answers, threads = self.bind(), [], []
            for port in self.cluster.ports:
                server = copy.copy(self.server)
                server.port = port
                threads.append(threading.Thread(target=lambda s=server: answers.append(s.push(token.uid)["status"])))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answers), [200, 407, 407])

    def test_of_confirm_and_deny_at_once_exactly_one_wins(self):
        self.assertEqual(race(self.server, self.bind(), self.cluster.ports, 200), (200, []))

    def test_a_login_survives_the_death_of_a_server_between_scan_and_confirm(self):
        token, survived = self.bind(), 0
        for number in range(ROUNDS):
            event = self.server.new_event()
            scanned = token.scan(event)
            self.assertEqual(self.status(scanned), 201)
            self.cluster.kill(number % 3)
            confirmed = token.confirm(event, scanned)
            result = self.server.result(event)
            survived += (self.status(confirmed), result["status"], result.get("uid")) == (200, 200, token.uid)
            self.cluster.revive(number % 3)
            time.sleep(2.1)  # until nginx tries it again: one of three dies, not one after the other
        self.assertEqual(survived, ROUNDS)

    def test_the_database_may_go_away_and_come_back(self):
        token = self.bind()
        self.cluster.database.stop()
        self.assertEqual(self.server.result(Event("1467614532.77" + "a" * 22, None, None))["status"], 500)
        self.cluster.database.start()
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                event = self.server.new_event()
                if self.status(token.scan(event)) == 201:
                    break
            except (AssertionError, KeyError):
                time.sleep(0.1)  # each process notices at its first statement
        self.assertEqual(self.server.result(event)["status"], 201)
        second = self.bind()
        for port in range(3):  # and they listen again
            with self.cluster.at(port):
                self.server.result(event)
        with self.cluster.at(1):
            waiting = in_background(lambda: second.poll(25))
            time.sleep(0.4)
        with self.cluster.at(2):
            self.assertEqual(self.server.push(second.uid)["status"], 200)
        begun = time.monotonic()
        self.assertEqual(len(waiting().json()["requests"]), 1)
        self.assertLess(time.monotonic() - begun, 10)
