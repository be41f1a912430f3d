"""What the tests have in common."""
import unittest

from server import Server


class Case(unittest.TestCase):
    options, site, numbers = (), False, False

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options, site=cls.site, numbers=cls.numbers)
        cls.uids = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.close()

    def fresh_uid(self):
        type(self).uids += 1
        return f"{type(self).__name__} {self.uids} +/= ü"

    def assertStatus(self, answer, status):
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json()["status"], status, answer.body)
        return answer.json()
