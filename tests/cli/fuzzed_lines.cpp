// Prints links of the grammar, one a line: fuzzed_lines SEED COUNT.

#include "tests/ui/link_grammar.h"

#include <cstdio>

int main(int argc, char *argv[])
{
    const QByteArray seed(argc > 1 ? argv[1] : "1");
    const QByteArray count(argc > 2 ? argv[2] : "100");
    hufu::test::LinkGrammar grammar(seed.toUInt());
    for (int i = count.toInt(); i > 0; --i) {
        // A line feed that the grammar put inside would part the link.
        const QByteArray line = grammar.next().replace('\n', ' ') + '\n';
        std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    }
    return 0;
}
