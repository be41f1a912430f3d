#include "core/vault/verdict.h"

namespace hufu {
namespace {

using Kind = HeadFinding::Kind;

/// No head is whole.
Result<Verdict> judgeWithoutHead(const HeadFinding &a, const HeadFinding &b,
                                 const std::optional<VaultState> &state, bool known)
{
    const bool firstCommitCutOff = state && state->committed == 0 && state->writing &&
                                   *state->writing == VaultState::Writing{1, 0};
    const bool nothingThere = a.kind == Kind::Absent && b.kind == Kind::Absent;
    if (!nothingThere && !firstCommitCutOff)
        return failure(Errc::VaultCorrupt, QStringLiteral("no head is whole"));
    // A vault was here once if the settings know its id; and also if vault.state counted a commit,
    // though the settings were lost since: a suddenly empty keychain is no first start.
    if (known || (state && state->committed > 0))
        return failure(Errc::VaultMissing);
    return Verdict{.kind = Verdict::Kind::NotFound};
}

Verdict judgeOneHead(std::uint64_t good, bool otherIsAbsent, const std::optional<VaultState> &state)
{
    const auto verdict = [good](Verdict::Kind kind, Verdict::Remark remark) {
        return Verdict{.kind = kind, .generation = good, .remark = remark};
    };
    const bool neverHadAnother = good == 1 && otherIsAbsent;
    if (neverHadAnother && (!state || state->committed <= good))
        return verdict(Verdict::Kind::Normal, Verdict::Remark::None);
    if (state && state->writing && state->writing->after == good && state->committed <= good)
        return verdict(Verdict::Kind::Normal, Verdict::Remark::UnfinishedCommit);
    if (state && state->committed == good)
        return verdict(Verdict::Kind::Normal, Verdict::Remark::OlderHeadDamaged);
    return verdict(Verdict::Kind::Older, Verdict::Remark::None);
}

/// The head of a whole file, which needs no second one.
Verdict judgeFile(std::uint64_t generation, const std::optional<VaultState> &state)
{
    const bool older = state && generation < state->committed;
    return {.kind = older ? Verdict::Kind::Older : Verdict::Kind::Normal,
            .generation = generation,
            .remark = !older && state && state->writing ? Verdict::Remark::UnfinishedCommit
                                                        : Verdict::Remark::None};
}

} // namespace

Result<Verdict> judge(const HeadFinding &a, const HeadFinding &b,
                      const std::optional<VaultState> &state, const std::optional<VaultId> &known,
                      Keeping keeping)
{
    for (const HeadFinding *head : {&a, &b}) {
        if (head->kind == Kind::Whole && known && head->vault != *known)
            return failure(Errc::AnotherVault);
    }
    const bool wholeA = a.kind == Kind::Whole;
    const bool wholeB = b.kind == Kind::Whole;
    if (!wholeA && !wholeB)
        return judgeWithoutHead(a, b, state, known.has_value());
    if (!wholeA || !wholeB) {
        const HeadFinding &good = wholeA ? a : b;
        const HeadFinding &bad = wholeA ? b : a;
        if (keeping == Keeping::OneFile)
            return judgeFile(good.generation, state);
        const bool otherIsAbsent = bad.kind == Kind::Absent && keeping == Keeping::TwoHeads;
        return judgeOneHead(good.generation, otherIsAbsent, state);
    }
    if (a.vault != b.vault)
        return failure(Errc::AnotherVault, QStringLiteral("the heads are of two vaults"));
    const std::uint64_t newest = std::max(a.generation, b.generation);
    const bool older = state && newest < state->committed;
    return Verdict{.kind = older ? Verdict::Kind::Older : Verdict::Kind::Normal,
                   .generation = newest};
}

QString headEntryName(std::uint64_t generation)
{
    return generation % 2 == 1 ? QStringLiteral("head-a") : QStringLiteral("head-b");
}

} // namespace hufu
