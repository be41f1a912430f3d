// The pages of Site that bind a token.
#include "site/site.h"
#include "site/visit.h"

namespace hufu::authserver {

using namespace Qt::StringLiterals;

void Site::showBinding(Visit &visit, const QString &state, const QString &problem) const
{
    show(visit, u"bind"_s,
         {{u"state"_s, state},
          {u"is_"_s + state, u"yes"_s},
          {u"problem"_s, problem},
          {u"user"_s, visit.session->binding.user}});
}

void Site::bindPage(Visit &visit)
{
    visit.session->binding = {};
    showBinding(visit, u"form"_s, {});
}

void Site::startBinding(Visit &visit)
{
    const QString user = QString::fromUtf8(visit.form.value("user")).trimmed();
    const QString problem = passwordProblem(user, visit.form.value("password"));
    visit.session->binding = {.user = user};
    if (!problem.isEmpty())
        return showBinding(visit, u"form"_s, problem);
    visit.session->binding.uid = m_api.getUid(user);
    fetchBinding(visit, {});
}

void Site::replaceToken(Visit &visit)
{
    if (visit.session->binding.uid.isEmpty())
        return showBinding(visit, u"form"_s, u"That took too long. Begin again."_s);
    fetchBinding(visit, codeOf(visit.form));
}

void Site::fetchBinding(Visit &visit, const QByteArray &currentCode)
{
    BindingInWork &binding = visit.session->binding;
    const duoyinsu::Picture answer = m_api.qrcode(binding.uid, currentCode, binding.user);
    binding.png = answer.png;
    if (answer.codetype == 200)
        return showBinding(visit, u"code"_s, {});
    if (answer.codetype == 604) // only somebody with the old token may replace it
        return showBinding(visit, u"replace"_s, {});
    if (answer.codetype == 600 || answer.codetype == 400)
        return showBinding(visit, u"replace"_s,
                           u"This code is not right. Wait for the next one and try again."_s);
    if (answer.codetype == 407)
        return showBinding(visit, u"replace"_s,
                           u"Too many wrong codes. Wait five minutes, then try again."_s);
    showBinding(visit, u"form"_s, u"There is no binding code right now. Try again later."_s);
}

void Site::bindPicture(Visit &visit)
{
    const QByteArray &png = visit.session->binding.png;
    visit.answer =
        png.isEmpty() ? plainAnswer(404, "No binding is open in this browser.") : pngAnswer(png);
}

void Site::confirmBinding(Visit &visit)
{
    BindingInWork &binding = visit.session->binding;
    if (binding.png.isEmpty())
        return showBinding(visit, u"form"_s, u"That took too long. Begin again."_s);
    const int status = m_api.traditional(binding.uid, codeOf(visit.form)).codetype;
    // While a token is being replaced the old one's codes are right too. The server closes the
    // binding with the first code of the new one; only then the picture is refused.
    const bool closed =
        status == 200 && m_api.qrcode(binding.uid, {}, binding.user).codetype == 604;
    if (closed) {
        binding.png.clear();
        return showBinding(visit, u"bound"_s, {});
    }
    if (status == 200)
        return showBinding(visit, u"code"_s,
                           u"This is a code of the old token. Scan the picture "
                           "and type a code of the new one."_s);
    if (status == 407)
        return showBinding(visit, u"code"_s,
                           u"Too many wrong codes. Wait five minutes, then try again."_s);
    if (status == 604) {
        binding.png.clear();
        return showBinding(visit, u"form"_s, u"The binding code has expired. Begin again."_s);
    }
    showBinding(visit, u"code"_s,
                u"This code is not right. Wait for the next one and try again."_s);
}

} // namespace hufu::authserver
