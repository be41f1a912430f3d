// Here for the headers that are read before it: see CMakeLists.txt beside it.
