"""Four-way races on SQLite."""
from case import Case
from races import race


class Races(Case):
    def test_of_confirm_and_deny_at_once_exactly_one_wins(self):
        token = self.server.bind("alice")
        self.assertEqual(race(self.server, token, [self.server.port], 200), (200, []))
