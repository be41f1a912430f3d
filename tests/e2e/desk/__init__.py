"""A desk to sit a person's part at: a private desktop, a browser, Hufu's windows and what is done with them."""
