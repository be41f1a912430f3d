"""Looking for secrets where they must not be: in memory, in files, in the keychain."""
