"""What the token is told of the browser: seen by the server, else said by the site."""
from case import Case


class Context(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.token = cls.server.bind("alice")

    def context(self, event):
        return self.assertStatus(self.token.scan(event), 201)["context"]

    def test_the_site_says_what_the_server_does_not_see(self):
        said = {"ip": "127.0.0.1", "location": "上海", "browser": "Firefox 128", "os": "Linux"}
        context = self.context(self.server.new_event(**self.server.signed_context(said)))
        self.assertEqual({name: context[name] for name in said}, said)
        self.assertEqual((context["ip_match"], context["scene"]), ("same", "login"))

    def test_what_the_server_sees_comes_first(self):
        said = {"ip": "203.0.113.7", "location": "上海", "browser": "Firefox 1", "os": "Windows"}
        event = self.server.new_event(**self.server.signed_context(said))
        self.server.request("GET", event.answer["qrcode_url"].removeprefix(self.server.base),
                            headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"})
        context = self.context(event)
        self.assertEqual((context["ip"], context["ip_match"]), ("127.0.0.1", "same"))
        self.assertEqual((context["browser"], context["os"], context["location"]), ("Firefox 128", "Linux", "上海"))

    def test_an_address_that_is_none_is_no_match(self):
        context = self.context(self.server.new_event(**self.server.signed_context({"ip": "the office"})))
        self.assertEqual(context["ip_match"], "unknown")

    def test_a_context_that_is_not_signed_is_403(self):
        right = self.server.signed_context({"location": "上海"})
        for changes in ({"context_mac": "0" * 64}, {"context": '{"location": "北京"}'}):
            with self.assertRaisesRegex(AssertionError, "403"):
                self.server.new_event(**{**right, **changes})
        with self.assertRaisesRegex(AssertionError, "403"):
            self.server.new_event(context=right["context"])
        with self.assertRaisesRegex(AssertionError, "403"):  # signed for a push to somebody
            self.server.new_event(**self.server.signed_context({"location": "上海"}, "alice"))

    def test_a_bad_context_is_400(self):
        for context in ([], "text", {"app_name": "Bank"}, {"ip_match": "same"}, {"location": 5},
                        {"location": "a\nb"}, {"location": "x" * 129}):
            with self.assertRaisesRegex(AssertionError, "400"):
                self.server.new_event(**self.server.signed_context(context))
