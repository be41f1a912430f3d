"use strict";
// Asks the site once a second how the login stands, and shows what it says.
(() => {
    const main = document.querySelector("main");
    const byId = (id) => document.getElementById(id);
    const address = `/login/state?login=${encodeURIComponent(main.dataset.login)}`;
    const open = new Set(["waiting", "scanned"]);
    let failures = 0;

    const show = ({ state, text, number }) => {
        main.dataset.state = state;
        if (byId("status").textContent !== text)
            byId("status").textContent = text;
        byId("number").textContent = number || "";
        byId("match").hidden = !number;
        if (state !== "waiting") {
            document.querySelector("figure").hidden = true;
            byId("lead").hidden = true;
        }
        byId("again").hidden = !["denied", "expired", "failed"].includes(state);
        byId("signout").hidden = state !== "signed-in";
        if (state === "signed-in")
            document.querySelector("h1").textContent = "Welcome";
    };

    const ask = async () => {
        try {
            const answer = await fetch(address, { cache: "no-store" });
            if (!answer.ok)
                throw new Error(String(answer.status));
            const report = await answer.json();
            failures = 0;
            show(report);
            if (!open.has(report.state))
                return;
        } catch {
            failures += 1;
            if (failures >= 5)
                byId("status").textContent = "The site does not answer. Still trying.";
        }
        setTimeout(ask, 1000);
    };
    setTimeout(ask, 1000);
})();
