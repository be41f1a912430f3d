<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>ActivityWords</name>
        <message>
            <source>Something that a newer version took down</source>
            <translation>较新版本记录的内容</translation>
        </message>
        <message>
            <source>Login approved</source>
            <translation>已批准登录</translation>
        </message>
        <message>
            <source>Login denied</source>
            <translation>已拒绝登录</translation>
        </message>
        <message>
            <source>Login denied and reported</source>
            <translation>已拒绝登录并报告</translation>
        </message>
        <message>
            <source>Login expired</source>
            <translation>登录已过期</translation>
        </message>
        <message>
            <source>Login failed</source>
            <translation>登录失败</translation>
        </message>
        <message>
            <source>Login answered elsewhere</source>
            <translation>登录已在别处答复</translation>
        </message>
        <message>
            <source>Login answered, result not seen</source>
            <translation>已答复登录，未看到结果</translation>
        </message>
        <message>
            <source>Account bound</source>
            <translation>账号已绑定</translation>
        </message>
        <message>
            <source>Account bound again</source>
            <translation>账号已重新绑定</translation>
        </message>
        <message>
            <source>Account added</source>
            <translation>账号已添加</translation>
        </message>
        <message>
            <source>Account imported</source>
            <translation>账号已导入</translation>
        </message>
        <message>
            <source>Account deleted</source>
            <translation>账号已删除</translation>
        </message>
        <message>
            <source>Account restored</source>
            <translation>账号已恢复</translation>
        </message>
        <message>
            <source>Account deleted for ever</source>
            <translation>账号已永久删除</translation>
        </message>
        <message>
            <source>Account removed from the bin</source>
            <translation>账号已从回收站清除</translation>
        </message>
        <message>
            <source>App password set</source>
            <translation>已设置应用密码</translation>
        </message>
        <message>
            <source>App password changed</source>
            <translation>已更改应用密码</translation>
        </message>
        <message>
            <source>App password removed</source>
            <translation>已移除应用密码</translation>
        </message>
        <message>
            <source>Accounts moved into a file</source>
            <translation>账号已移到文件中</translation>
        </message>
        <message>
            <source>Accounts moved into the keychain</source>
            <translation>账号已移到密钥环中</translation>
        </message>
        <message>
            <source>Login request received</source>
            <translation>收到登录请求</translation>
        </message>
        <message>
            <source>Login request not shown</source>
            <translation>登录请求未显示</translation>
        </message>
        <message>
            <source>Activity list begun anew</source>
            <translation>活动记录已重新开始</translation>
        </message>
        <message>
            <source>You said that it was not you. The server was told. Somebody may know your password there: change it, and tell your administrator.</source>
            <translation>您说这不是您本人操作，服务器已收到通知。可能有人知道您在那里的密码：请更改密码，并告知管理员。</translation>
        </message>
        <message>
            <source>Hufu locked before the server had confirmed the answer.</source>
            <translation>服务器确认答复之前，虎符已锁定。</translation>
        </message>
        <message>
            <source>The account that it replaces stays until this one has worked.</source>
            <translation>在新账号成功使用之前，被替换的账号会保留。</translation>
        </message>
        <message>
            <source>It stays in the bin for 30 days.</source>
            <translation>它会在回收站中保留 30 天。</translation>
        </message>
        <message>
            <source>Its 30 days in the bin were over.</source>
            <translation>它在回收站中的 30 天已满。</translation>
        </message>
        <message>
            <source>Too many requests came at once, or nobody could have answered this one.</source>
            <translation>一次来的请求太多，或者没有人能答复这一个。</translation>
        </message>
        <message>
            <source>The old list was damaged, or somebody changed it. It was set aside in Hufu’s data folder.</source>
            <translation>旧的记录已损坏，或被人改动过。它已另存在虎符的数据文件夹中。</translation>
        </message>
        <message>
            <source>different network</source>
            <translation>不同的网络</translation>
        </message>
        <message>
            <source>same as here</source>
            <translation>与此处相同</translation>
        </message>
        <message>
            <source>different from here</source>
            <translation>与此处不同</translation>
        </message>
        <message>
            <source>not compared</source>
            <translation>未比较</translation>
        </message>
        <message>
            <source>screen</source>
            <translation>屏幕</translation>
        </message>
        <message>
            <source>camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>sent to this computer</source>
            <translation>发送到这台电脑</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Issuer</source>
            <translation>发行方</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>账号</translation>
        </message>
        <message>
            <source>Application</source>
            <translation>应用</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>地点</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Browser</source>
            <translation>浏览器</translation>
        </message>
        <message>
            <source>System</source>
            <translation>系统</translation>
        </message>
        <message>
            <source>Came by</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>请求</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>今天</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>昨天</translation>
        </message>
        <message>
            <source>Event</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>Failure</source>
            <translation>失败原因</translation>
        </message>
        <message>
            <source>Older state of the accounts taken</source>
            <translation>已改用账号的旧状态</translation>
        </message>
        <message>
            <source>List of use begun anew</source>
            <translation>使用记录已重新开始</translation>
        </message>
        <message>
            <source>What was changed after that state is gone. You said that Hufu should go on with it.</source>
            <translation>那个状态之后的更改都没有了。是您让虎符继续使用它的。</translation>
        </message>
        <message>
            <source>What Hufu knew of how often accounts are used, and of servers’ clocks, was damaged. It was set aside in Hufu’s data folder; the accounts are as they were.</source>
            <translation>虎符记下的账号使用次数和服务器时钟已损坏。它已另存在虎符的数据文件夹中；账号保持原样。</translation>
        </message>
    </context>
    <context>
        <name>ClockWords</name>
        <message>
            <source>Measured %1 ago.</source>
            <translation>%1前测得。</translation>
        </message>
        <message>
            <source>Use this computer's time</source>
            <translation>使用这台电脑的时间</translation>
        </message>
        <message>
            <source>The time of %1 is not known now. Its codes follow this computer's clock until the next logins.</source>
            <translation>目前不知道 %1 的时间。在接下来几次登录之前，它的验证码按这台电脑的时钟计算。</translation>
        </message>
        <message>
            <source>Codes of %1 follow its clock, %2 behind this computer's.</source>
            <translation>%1 的验证码按它的时钟计算，比这台电脑慢 %2。</translation>
        </message>
        <message>
            <source>Codes of %1 follow its clock, %2 ahead of this computer's.</source>
            <translation>%1 的验证码按它的时钟计算，比这台电脑快 %2。</translation>
        </message>
        <message>
            <source>This computer's clock is %1 ahead of %2.</source>
            <translation>这台电脑的时钟比 %2 快 %1。</translation>
        </message>
        <message>
            <source>This computer's clock is %1 behind %2.</source>
            <translation>这台电脑的时钟比 %2 慢 %1。</translation>
        </message>
        <message>
            <source>Use the server's time</source>
            <translation>使用服务器时间</translation>
        </message>
        <message>
            <source>%1 s</source>
            <extracomment>seconds</extracomment>
            <translation>%1 秒</translation>
        </message>
        <message>
            <source>%1 min</source>
            <extracomment>minutes</extracomment>
            <translation>%1 分钟</translation>
        </message>
        <message>
            <source>%1 h</source>
            <extracomment>hours</extracomment>
            <translation>%1 小时</translation>
        </message>
    </context>
    <context>
        <name>DoctorWords</name>
        <message>
            <source>Some entries are in the keychain twice.</source>
            <translation>密钥环里有重复的条目。</translation>
        </message>
        <message>
            <source>Some stored records are damaged.</source>
            <translation>有些已保存的记录已损坏。</translation>
        </message>
        <message>
            <source>The keychain is in order.</source>
            <translation>密钥环一切正常。</translation>
        </message>
        <message>
            <source>%1 holds entries of this profile. Start Hufu in a session that uses it, as when you stored them.</source>
            <translation>%1里有此配置的条目。请像当初保存时那样，在使用它的会话中启动虎符。</translation>
        </message>
        <message>
            <source>They lie in two of its collections. Make the one that you used before the default again.</source>
            <translation>它们同时存在于两个集合中。请把以前使用的那个重新设为默认。</translation>
        </message>
        <message>
            <source>All other accounts are safe. The damaged ones are kept as they are; export them to have them looked at.</source>
            <translation>其他账号都安全。损坏的记录原样保留着；可以导出后请人查看。</translation>
        </message>
        <message>
            <source>The older of two copies is damaged. The next change replaces it; nothing is lost.</source>
            <translation>两份副本中较旧的一份已损坏。下次更改会替换它，什么都没有丢失。</translation>
        </message>
        <message>
            <source>What is left over does no harm. Export it if you want to look at it.</source>
            <translation>残留的条目没有害处。想查看的话可以导出。</translation>
        </message>
        <message>
            <source>The entries elsewhere are not used. Remove them there if you know that you do not need them.</source>
            <translation>别处的条目不会被使用。如果确定不需要，请在那里删除。</translation>
        </message>
        <message>
            <source>The system lets Hufu lock no memory, so a key could be swapped to the disk. Raise the limit for locked memory.</source>
            <translation>系统不允许虎符锁定内存，密钥可能被交换到磁盘。请提高锁定内存的上限。</translation>
        </message>
        <message>
            <source>Nothing needs to be done.</source>
            <translation>无需任何操作。</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>配置</translation>
        </message>
        <message>
            <source>Store</source>
            <translation>存储</translation>
        </message>
        <message>
            <source>Vault</source>
            <translation>保险库</translation>
        </message>
        <message>
            <source>%1, change %2</source>
            <translation>%1，第 %2 次更改</translation>
        </message>
        <message>
            <source>Accounts</source>
            <translation>账号</translation>
        </message>
        <message>
            <source>cannot be told now</source>
            <translation>现在无法得知</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>页</translation>
        </message>
        <message>
            <source>Damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <source>Left over</source>
            <translation>残留</translation>
        </message>
        <message>
            <source>Twice</source>
            <translation>重复</translation>
        </message>
        <message>
            <source>Elsewhere</source>
            <translation>别处</translation>
        </message>
        <message>
            <source>%1: %2 entries</source>
            <translation>%1：%2 个条目</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <source>not locked</source>
            <translation>未锁定</translation>
        </message>
        <message>
            <source>What was kept is exported.</source>
            <translation>保留的内容已导出。</translation>
        </message>
        <message>
            <source>Records in the file: %1, entries: %2. There may be keys among them: show it to nobody whom you do not trust with your accounts, and delete it in the end.</source>
            <translation>文件中的记录：%1，条目：%2。其中可能含有密钥：只给您愿意托付账号的人看，用完后请删除。</translation>
        </message>
        <message>
            <source>Secret Service (GNOME Keyring, KeePassXC …)</source>
            <translation>Secret Service（GNOME Keyring、KeePassXC 等）</translation>
        </message>
        <message>
            <source>KWallet</source>
            <translation>KWallet</translation>
        </message>
        <message>
            <source>Windows Credential Manager</source>
            <translation>Windows 凭据管理器</translation>
        </message>
        <message>
            <source>macOS keychain</source>
            <translation>macOS 钥匙串</translation>
        </message>
        <message>
            <source>A file under the app password</source>
            <translation>由应用密码保护的文件</translation>
        </message>
        <message>
            <source>The file is in order.</source>
            <translation>文件一切正常。</translation>
        </message>
    </context>
    <context>
        <name>ErrorText</name>
        <message>
            <source>No account of yours belongs to %1.
Nothing was sent there. If you expected this login page, open its binding page and scan that code first.</source>
            <extracomment>The part before the line break is a headline, here and in all texts of errors.</extracomment>
            <translation>您没有属于 %1 的账号。
没有向那里发送任何内容。如果您本来就要用这个登录页面，请先打开它的绑定页面并扫描那里的二维码。</translation>
        </message>
        <message>
            <source>The protected memory is full.
Nothing was changed. Quit Hufu and start it again.</source>
            <translation>受保护的内存已满。
没有更改任何内容。请退出虎符后重新启动。</translation>
        </message>
        <message>
            <source>The cryptographic library of this computer failed.
Nothing was changed. Restart the computer, then try again.</source>
            <translation>这台电脑的密码库出错。
没有更改任何内容。请重新启动电脑后再试。</translation>
        </message>
        <message>
            <source>Stored data was changed by something else.
It was not used, and nothing was overwritten. Restore the keychain from a backup.</source>
            <translation>保存的数据被其他程序改动过。
这些数据没有被使用，也没有被覆盖。请从备份恢复密钥环。</translation>
        </message>
        <message>
            <source>Stored data cannot be read.
It was not used, and nothing was overwritten. Restore the keychain from a backup.</source>
            <translation>保存的数据无法读取。
这些数据没有被使用，也没有覆盖任何内容。请从备份恢复密钥环。</translation>
        </message>
        <message>
            <source>The code holds no key.
Nothing was stored. Ask the page for a new code.</source>
            <translation>二维码中没有密钥。
没有保存任何内容。请在页面上获取新的二维码。</translation>
        </message>
        <message>
            <source>The key in the code is too short.
Nothing was stored, since it would not protect you. Tell whoever runs the page.</source>
            <translation>二维码中的密钥太短。
它不足以保护您，因此没有保存。请告知页面的管理者。</translation>
        </message>
        <message>
            <source>The key in the code is too long.
Nothing was stored. Ask the page for a new code.</source>
            <translation>二维码中的密钥太长。
没有保存任何内容。请在页面上获取新的二维码。</translation>
        </message>
        <message>
            <source>The key in the code is damaged.
Nothing was stored. Reload the page and scan again.</source>
            <translation>二维码中的密钥已损坏。
没有保存任何内容。请刷新页面后重新扫描。</translation>
        </message>
        <message>
            <source>The clock of this computer is far off.
No code can be made. Set date and time, then try again.</source>
            <translation>这台电脑的时钟偏差很大。
无法生成验证码。请设置日期和时间后再试。</translation>
        </message>
        <message>
            <source>The code asks for a number of digits that does not exist.
Nothing was stored. Ask the page for a new code.</source>
            <translation>二维码要求的位数不存在。
没有保存任何内容。请在页面上获取新的二维码。</translation>
        </message>
        <message>
            <source>The code asks for a time step that does not exist.
Nothing was stored. Ask the page for a new code.</source>
            <translation>二维码要求的时间间隔不存在。
没有保存任何内容。请在页面上获取新的二维码。</translation>
        </message>
        <message>
            <source>Hufu does not know this kind of code.
Nothing was stored. Ask the page for a TOTP code.</source>
            <translation>虎符不认识这种验证码。
没有保存任何内容。请在页面上获取 TOTP 二维码。</translation>
        </message>
        <message>
            <source>This account counts its codes.
Nothing was used up. Press Next to get a code.</source>
            <translation>这个账号按次数生成验证码。
没有用掉任何验证码。请按“下一个”获取。</translation>
        </message>
        <message>
            <source>The code is damaged.
Nothing was stored. Reload the page and scan again.</source>
            <translation>二维码已损坏。
没有保存任何内容。请刷新页面后重新扫描。</translation>
        </message>
        <message>
            <source>The code holds more text than an account needs.
Nothing was stored. Ask the page for a new code.</source>
            <translation>二维码中的文字超出账号所需。
没有保存任何内容。请在页面上获取新的二维码。</translation>
        </message>
        <message>
            <source>The code is for another kind of account.
Nothing was stored. Ask the page for a TOTP code.</source>
            <translation>这个二维码用于另一种账号。
没有保存任何内容。请在页面上获取 TOTP 二维码。</translation>
        </message>
        <message>
            <source>The code says the same thing twice.
Nothing was stored, since only one can be true. Tell whoever runs the page.</source>
            <translation>二维码对同一项说了两次。
只有一个是对的，因此没有保存。请告知页面的管理者。</translation>
        </message>
        <message>
            <source>The binding in the code is damaged.
Nothing was stored. Ask the page for a new code.</source>
            <translation>二维码中的绑定信息已损坏。
没有保存任何内容。请在页面上获取新的二维码。</translation>
        </message>
        <message>
            <source>This code is not for Hufu.
Nothing was stored or opened. Scan the code of a binding or login page.</source>
            <translation>这个二维码不是给虎符的。
没有保存或打开任何内容。请扫描绑定页面或登录页面的二维码。</translation>
        </message>
        <message>
            <source>A login code has to be scanned.
A login address that was typed or pasted is not followed, since somebody may have sent it to you. Open the login page and scan the screen.</source>
            <translation>登录二维码必须用扫描的方式读取。
输入或粘贴的登录地址不会被使用，因为它可能是别人发给您的。请打开登录页面并扫描屏幕。</translation>
        </message>
        <message>
            <source>The login code is damaged.
Nobody was signed in. Reload the login page and scan again.</source>
            <translation>登录二维码已损坏。
没有人登录。请刷新登录页面后重新扫描。</translation>
        </message>
        <message>
            <source>The file cannot be opened.
Nothing was changed. Check that it is still there and that you may read it.</source>
            <translation>无法打开文件。
没有更改任何内容。请检查文件是否还在，以及您是否有读取权限。</translation>
        </message>
        <message>
            <source>The picture is too large.
It was not read. Cut out the part with the code and open that.</source>
            <translation>图片太大。
图片没有被读取。请截取含有二维码的部分再打开。</translation>
        </message>
        <message>
            <source>The picture cannot be read.
Hufu reads PNG, JPEG, BMP, WebP and GIF. Save it as one of these, or scan the screen.</source>
            <translation>无法读取图片。
虎符可读取 PNG、JPEG、BMP、WebP 和 GIF。请另存为其中一种格式，或改为扫描屏幕。</translation>
        </message>
        <message>
            <source>There is no code in this picture.
Make sure that the whole code is in it, sharp and not too small, then try again.</source>
            <translation>这张图片里没有二维码。
请确认二维码完整、清晰且不太小，然后再试。</translation>
        </message>
        <message>
            <source>There are several codes in this picture.
Nothing was stored or sent. Choose the one to use.</source>
            <translation>这张图片里有多个二维码。
没有保存或发送任何内容。请选择要使用的一个。</translation>
        </message>
        <message>
            <source>The screen cannot be searched.
The system did not allow it. Save a picture of the code and open that.</source>
            <translation>无法查找屏幕。
系统不允许。请把二维码保存成图片再打开。</translation>
        </message>
        <message>
            <source>The scanner stopped.
Nothing was stored or sent. Try again; if it happens again, install Hufu anew.</source>
            <translation>扫描程序已停止。
没有保存或发送任何内容。请再试一次；如果仍然如此，请重新安装虎符。</translation>
        </message>
        <message>
            <source>The scanner is of another version.
Nothing was scanned. Install Hufu anew.</source>
            <translation>扫描程序的版本不一致。
没有进行扫描。请重新安装虎符。</translation>
        </message>
        <message>
            <source>The scanner took too long.
Nothing was stored or sent. Close some windows, then try again.</source>
            <translation>扫描花的时间太长。
没有保存或发送任何内容。请关闭一些窗口后再试。</translation>
        </message>
        <message>
            <source>An entry is not in the keychain.
Nothing was changed. Start Hufu again.</source>
            <translation>密钥环中缺少一个条目。
没有更改任何内容。请重新启动虎符。</translation>
        </message>
        <message>
            <source>The keychain is locked.
Your accounts are safe in it. Unlock it to see them.</source>
            <translation>密钥环已锁定。
您的账号安全地保存在里面。解锁后即可查看。</translation>
        </message>
        <message>
            <source>This session has no keychain.
Your accounts are stored in it and were not touched. Start the keychain service of your desktop, then try again.</source>
            <translation>当前会话没有密钥环。
您的账号保存在密钥环中，没有被改动。请启动桌面的密钥环服务后再试。</translation>
        </message>
        <message>
            <source>The keychain refused Hufu.
Your accounts are still in it. Allow Hufu to use it when the system asks.</source>
            <translation>密钥环拒绝了虎符。
您的账号仍在里面。请在系统询问时允许虎符使用它。</translation>
        </message>
        <message>
            <source>The keychain does not answer.
Your accounts are still in it. Look for a question of the keychain behind other windows, then try again.</source>
            <translation>密钥环没有响应。
您的账号仍在里面。请看看其他窗口后面是否有密钥环的提问，然后再试。</translation>
        </message>
        <message>
            <source>The keychain reported a fault.
Nothing was changed. Try again; if it stays, start a new session.</source>
            <translation>密钥环报告出错。
没有更改任何内容。请再试一次；如果仍然如此，请重新登录桌面。</translation>
        </message>
        <message>
            <source>There are no accounts yet.
Scan a code to add the first.</source>
            <translation>还没有账号。
扫描二维码即可添加第一个。</translation>
        </message>
        <message>
            <source>A newer Hufu wrote these accounts.
This version does not touch them. Update Hufu to go on.</source>
            <translation>这些账号由更新版本的虎符写入。
这个版本不会改动它们。请更新虎符后继续。</translation>
        </message>
        <message>
            <source>Another Hufu is writing right now.
Nothing was changed here. Try again in a moment.</source>
            <translation>另一个虎符正在写入。
这里没有更改任何内容。请稍后再试。</translation>
        </message>
        <message>
            <source>Hufu may not write in its folder.
Nothing was changed. Check the permissions and the free space of your home folder.</source>
            <translation>虎符无法写入自己的文件夹。
没有更改任何内容。请检查主文件夹的权限和剩余空间。</translation>
        </message>
        <message>
            <source>The list is full.
Nothing was added. Delete accounts that you no longer use.</source>
            <translation>列表已满。
没有添加任何内容。请删除不再使用的账号。</translation>
        </message>
        <message>
            <source>The account is too large to be stored.
Nothing was changed. Shorten its name or its note.</source>
            <translation>账号内容太大，无法保存。
没有更改任何内容。请缩短名称或备注。</translation>
        </message>
        <message>
            <source>The keychain did not keep the change.
Everything is as it was before. Try again.</source>
            <translation>密钥环没有保存这次更改。
一切都和之前一样。请再试一次。</translation>
        </message>
        <message>
            <source>The keychain went away while it was writing.
The old or the new state is in it, never a mixture. Start Hufu again to see which.</source>
            <translation>密钥环在写入时中断。
其中是旧状态或新状态，绝不会是两者混合。重新启动虎符即可知道是哪一个。</translation>
        </message>
        <message>
            <source>This account is not in the list any more.
Nothing was changed. Perhaps another Hufu deleted it.</source>
            <translation>这个账号已不在列表中。
没有更改任何内容。可能是另一个虎符删除了它。</translation>
        </message>
        <message>
            <source>Several accounts have this name.
Nothing was changed. Say more of the name.</source>
            <translation>有多个账号叫这个名称。
没有更改任何内容。请输入更完整的名称。</translation>
        </message>
        <message>
            <source>This account is already there.
Nothing was added. You can use it as it is.</source>
            <translation>这个账号已经存在。
没有添加任何内容。您可以直接使用它。</translation>
        </message>
        <message>
            <source>No account of yours belongs to this login page.
Nothing was sent. If you expected it, scan the code of its binding page first.</source>
            <translation>您没有属于这个登录页面的账号。
没有发送任何内容。如果您本来就要用它，请先扫描绑定页面的二维码。</translation>
        </message>
        <message>
            <source>The key of this account is too short to confirm logins.
Its codes work. Ask for a new binding to confirm logins too.</source>
            <translation>这个账号的密钥太短，不能确认登录。
它的验证码可以使用。如需确认登录，请申请新的绑定。</translation>
        </message>
        <message>
            <source>There is no network.
Nobody was signed in. Connect, then scan again; codes work without.</source>
            <translation>没有网络连接。
没有人登录。请连接网络后重新扫描；验证码不需要网络。</translation>
        </message>
        <message>
            <source>The server cannot be reached.
Nobody was signed in. Check the network or ask whoever runs the server, then scan again.</source>
            <translation>无法连接服务器。
没有人登录。请检查网络或询问服务器的管理者，然后重新扫描。</translation>
        </message>
        <message>
            <source>The server did not answer in time.
It is not certain whether the answer arrived: look at the login page, and scan again if it still waits.</source>
            <translation>服务器没有及时应答。
无法确定您的答复是否送达：请查看登录页面，如果它还在等待，请重新扫描。</translation>
        </message>
        <message>
            <source>No protected connection to the server came about.
Nothing was sent to it. Try again, or try another network.</source>
            <translation>未能与服务器建立受保护的连接。
没有向它发送任何内容。请再试一次，或换一个网络。</translation>
        </message>
        <message>
            <source>The server points to another address.
Hufu does not follow it, and nobody was signed in. Tell whoever runs the server.</source>
            <translation>服务器指向另一个地址。
虎符不会跟随，没有人登录。请告知服务器的管理者。</translation>
        </message>
        <message>
            <source>The server's answer is too large.
It was dropped, and nobody was signed in. Tell whoever runs the server.</source>
            <translation>服务器的应答太大。
应答已丢弃，没有人登录。请告知服务器的管理者。</translation>
        </message>
        <message>
            <source>The server's answer makes no sense.
It was dropped, and nobody was signed in. Tell whoever runs the server.</source>
            <translation>服务器的应答无法理解。
应答已丢弃，没有人登录。请告知服务器的管理者。</translation>
        </message>
        <message>
            <source>The server's answer is not genuine.
It was dropped, and nothing was approved. Refresh the login page and scan again; if it stays, bind the account anew.</source>
            <translation>服务器的应答不是真的。
应答已丢弃，没有批准任何登录。请刷新登录页面后重新扫描；如果仍然如此，请重新绑定账号。</translation>
        </message>
        <message>
            <source>The login has expired.
Nobody was signed in. Refresh the login page and scan again.</source>
            <translation>登录请求已过期。
没有人登录。请刷新登录页面后重新扫描。</translation>
        </message>
        <message>
            <source>The login was already answered.
Nothing was sent again. If that was not you, tell whoever runs the server.</source>
            <translation>这次登录已经答复过。
没有再次发送。如果不是您本人，请告知服务器的管理者。</translation>
        </message>
        <message>
            <source>The server did not confirm the login.
Nobody was signed in and nothing was changed. Refresh the login page and scan again.</source>
            <translation>服务器没有确认这次登录。
没有人登录，也没有更改任何内容。请刷新登录页面后重新扫描。</translation>
        </message>
        <message>
            <source>Too many tries.
The server takes none for a while. Wait some minutes, then scan again.</source>
            <translation>尝试次数过多。
服务器暂时不再接受。请等待几分钟后重新扫描。</translation>
        </message>
        <message>
            <source>The clock of this computer differs too much from the server's.
Nobody was signed in. Set date and time, then scan again.</source>
            <translation>这台电脑的时钟与服务器相差太大。
没有人登录。请设置日期和时间后重新扫描。</translation>
        </message>
        <message>
            <source>That was not the number on the login page.
The login was denied. Refresh the page and scan again if it was you who asked.</source>
            <translation>这不是登录页面上的数字。
登录已被拒绝。如果是您本人请求的，请刷新页面后重新扫描。</translation>
        </message>
        <message>
            <source>The server wants the number that the login page shows.
Nothing was approved. Type it into the boxes.</source>
            <translation>服务器需要登录页面上显示的数字。
没有批准任何登录。请把数字输入方框。</translation>
        </message>
        <message>
            <source>The server reported a fault of its own.
Nobody was signed in. Try again in a few minutes.</source>
            <translation>服务器自身出错。
没有人登录。请过几分钟再试。</translation>
        </message>
        <message>
            <source>The settings of your organisation cannot be read.
Hufu does not start without them. Show the file to your administrator.</source>
            <translation>无法读取您组织的设置。
没有这些设置虎符不会启动。请把文件交给管理员查看。</translation>
        </message>
        <message>
            <source>The settings of your organisation are fixed here.
Another policy file cannot take their place. Start Hufu without it.</source>
            <translation>您组织的设置在这里是固定的。
其他策略文件不能取代它们。请不带该文件启动虎符。</translation>
        </message>
        <message>
            <source>This profile name cannot be used.
A name has 1 to 32 lower-case letters, digits and hyphens, and begins with a letter or digit.</source>
            <translation>这个配置名称不能使用。
名称由 1 到 32 个小写字母、数字和连字符组成，并以字母或数字开头。</translation>
        </message>
        <message>
            <source>The default profile cannot be removed.
Nothing was changed. Name another profile.</source>
            <translation>默认配置不能删除。
没有更改任何内容。请指定另一个配置。</translation>
        </message>
        <message>
            <source>This needs your consent.
Nothing was changed. Agree to it first.</source>
            <translation>这需要您的同意。
没有更改任何内容。请先同意。</translation>
        </message>
        <message>
            <source>This code is a web address: %1
Hufu opens no pages. If you want to go there, use your browser.</source>
            <translation>这个二维码是网址：%1
虎符不打开网页。如果您想访问，请使用浏览器。</translation>
        </message>
        <message>
            <source>This code is for a Wi-Fi network.
Scan it with your phone, or join the network in the system's settings.</source>
            <translation>这个二维码用于连接 Wi-Fi。
请用手机扫描，或在系统设置中加入网络。</translation>
        </message>
        <message>
            <source>This code is for a passkey.
It wants a phone's camera and Bluetooth. Scan it with the phone that holds the passkey.</source>
            <translation>这个二维码用于通行密钥。
它需要手机的摄像头和蓝牙。请用保存通行密钥的手机扫描。</translation>
        </message>
        <message>
            <source>This code activates another vendor's app.
Only that app can use it. Ask the page for a code for any authenticator.</source>
            <translation>这个二维码用于激活另一家的应用。
只有那个应用能使用它。请在页面上选择适用于任何验证器的二维码。</translation>
        </message>
        <message>
            <source>This code is a contact.
Scan it with your phone to keep it.</source>
            <translation>这个二维码是联系人名片。
请用手机扫描来保存。</translation>
        </message>
        <message>
            <source>This code asks for a payment.
Hufu pays nothing. Use the app of your bank or wallet if you mean to.</source>
            <translation>这个二维码用于付款。
虎符不进行支付。如果确实要付款，请使用银行或钱包应用。</translation>
        </message>
        <message>
            <source>This code signs in to a chat program.
Scan it with that program on your phone.</source>
            <translation>这个二维码用于登录聊天程序。
请用手机上的该程序扫描。</translation>
        </message>
        <message>
            <source>This code is a date for the calendar.
Scan it with your phone to keep it.</source>
            <translation>这个二维码是日历中的日程。
请用手机扫描来保存。</translation>
        </message>
        <message>
            <source>This code begins an e-mail.
Hufu sends none. Scan it with your phone.</source>
            <translation>这个二维码用于写电子邮件。
虎符不发送邮件。请用手机扫描。</translation>
        </message>
        <message>
            <source>This code is a telephone number or a message.
Hufu calls nobody. Scan it with your phone.</source>
            <translation>这个二维码是电话号码或短信。
虎符不拨打电话。请用手机扫描。</translation>
        </message>
        <message>
            <source>This code is a place on the map.
Scan it with your phone to see it.</source>
            <translation>这个二维码是地图上的地点。
请用手机扫描来查看。</translation>
        </message>
        <message>
            <source>This code is just text.
Hufu has no use for it. Scan the code of a binding or login page.</source>
            <translation>这个二维码只是文字。
虎符用不到它。请扫描绑定页面或登录页面的二维码。</translation>
        </message>
        <message>
            <source>Hufu is locked.
Your accounts are safe. The app password opens them.</source>
            <translation>虎符已锁定。
您的账号是安全的，输入应用密码即可打开。</translation>
        </message>
        <message>
            <source>This is not the app password.
Nothing was opened or changed. Check the keyboard's language and Caps Lock, then try again.</source>
            <translation>应用密码不对。
没有打开或更改任何内容。请检查输入法和大写锁定键，然后再试一次。</translation>
        </message>
        <message>
            <source>Too many wrong passwords.
Nothing is ever deleted because of that. Wait a moment, then try again.</source>
            <translation>密码错误次数过多。
任何内容都不会因此被删除。请稍等片刻再试。</translation>
        </message>
        <message>
            <source>Opening this vault would take more memory or time than Hufu allows.
Nothing was opened or changed. It was not made by this Hufu, or it is damaged; bring back a backup.</source>
            <translation>打开这个保险库所需的内存或时间超出了虎符允许的范围。
没有打开或更改任何内容。它不是由虎符创建的，或者已经损坏；请恢复备份。</translation>
        </message>
        <message>
            <source>There are accounts already where these should go.
Nothing was moved or overwritten. Choose another place.</source>
            <translation>目标位置已经有账号了。
没有移动或覆盖任何内容。请选择其他位置。</translation>
        </message>
        <message>
            <source>The file cannot be written.
Nothing was changed. Check the folder's permissions and the free space, or choose another place.</source>
            <translation>无法写入文件。
没有更改任何内容。请检查文件夹的权限和剩余空间，或选择其他位置。</translation>
        </message>
        <message>
            <source>Your accounts are not where they were.
This computer had some, so Hufu starts no new list over them. Check that the same keychain or file is in use as before, or restore it from a backup.</source>
            <translation>您的账号不在原来的地方。
这台电脑上曾有账号，因此虎符不会用新列表覆盖它们。请检查是否仍在使用原来的密钥环或文件，或从备份恢复。</translation>
        </message>
        <message>
            <source>The stored accounts are damaged.
Nothing was overwritten. Restore the keychain or the file from a backup, then start Hufu again.</source>
            <translation>存储的账号已损坏。
没有覆盖任何内容。请从备份恢复密钥环或文件，然后重新启动虎符。</translation>
        </message>
        <message>
            <source>This is an older state of your accounts.
Nothing is stored until you decide to go on with it.</source>
            <translation>这是您账号的较旧状态。
在您决定沿用它之前，不会存储任何内容。</translation>
        </message>
        <message>
            <source>These are other accounts than before.
Nothing was read or overwritten. Bring back the keychain or the file that belongs to this profile.</source>
            <translation>这里的账号与之前的不同。
没有读取或覆盖任何内容。请恢复属于此配置的密钥环或文件。</translation>
        </message>
        <message>
            <source>The export code is damaged.
Nothing was imported. Show the code again in the other authenticator, then scan it anew.</source>
            <translation>导出二维码已损坏。
没有导入任何账号。请在另一个验证器中再次显示二维码，然后重新扫描。</translation>
        </message>
        <message>
            <source>This code belongs to another export.
The parts that were scanned so far are kept. Scan the missing parts of the same export, or start again.</source>
            <translation>这个二维码属于另一次导出。
已扫描的部分仍然保留。请扫描同一次导出中缺少的部分，或重新开始。</translation>
        </message>
        <message>
            <source>Hufu was not allowed to see the screen.
Nothing was searched. Scan again and allow it when the system asks, or open a picture of the code.</source>
            <translation>未允许虎符查看屏幕。
什么都没有搜索。请再次扫描并在系统询问时允许，或打开二维码的图片。</translation>
        </message>
        <message>
            <source>There is no camera.
Nothing was scanned. Connect one, scan the screen, or open a picture of the code.</source>
            <translation>没有摄像头。
什么都没有扫描。请连接摄像头、扫描屏幕，或打开二维码的图片。</translation>
        </message>
        <message>
            <source>The system does not let Hufu use the camera.
Nothing was scanned. Allow it in the settings of your system, scan the screen, or open a picture of the code.</source>
            <translation>系统不允许虎符使用摄像头。
什么都没有扫描。请在系统设置中允许，或扫描屏幕、打开二维码的图片。</translation>
        </message>
        <message>
            <source>Another program is using the camera.
Nothing was scanned. Close that program, scan the screen, or open a picture of the code.</source>
            <translation>另一个程序正在使用摄像头。
什么都没有扫描。请关闭那个程序、扫描屏幕，或打开二维码的图片。</translation>
        </message>
        <message>
            <source>The camera was unplugged.
Nothing was stored or sent. Plug it in again, scan the screen, or open a picture of the code.</source>
            <translation>摄像头已被拔出。
没有存储或发送任何内容。请重新连接、扫描屏幕，或打开二维码的图片。</translation>
        </message>
        <message>
            <source>The proxy cannot be reached.
Nothing was sent. Check the proxy in Hufu's settings or ask your administrator.</source>
            <translation>无法连接代理服务器。
没有发送任何内容。请检查虎符设置中的代理，或询问管理员。</translation>
        </message>
        <message>
            <source>The proxy refused to connect.
Nothing was sent. Check the name and password for the proxy in Hufu's settings.</source>
            <translation>代理服务器拒绝连接。
没有发送任何内容。请检查虎符设置中代理的用户名和密码。</translation>
        </message>
        <message>
            <source>It holds no key.</source>
            <translation>其中没有密钥。</translation>
        </message>
        <message>
            <source>Its key is longer than any that exists.</source>
            <translation>它的密钥比任何现有的都长。</translation>
        </message>
        <message>
            <source>Its codes are made with a method that Hufu does not use, such as MD5.</source>
            <translation>它的验证码所用的算法（例如 MD5）虎符不支持。</translation>
        </message>
        <message>
            <source>Its codes have a number of digits that Hufu does not know.</source>
            <translation>虎符不认识它的验证码位数。</translation>
        </message>
        <message>
            <source>It is of a kind that Hufu does not know.</source>
            <translation>虎符不认识这种类型。</translation>
        </message>
        <message>
            <source>Its name or its counter is damaged.</source>
            <translation>它的名称或计数器已损坏。</translation>
        </message>
        <message>
            <source>This code is for %1.
Only that app can use it. If the page offers another authenticator app, choose that and scan its code.</source>
            <translation>这个二维码是给 %1 用的。
只有那个应用能用它。如果页面可以选用其他验证器应用，请选它，再扫描它的二维码。</translation>
        </message>
        <message>
            <source>This code asks for a payment with %1.
Hufu pays nothing. Scan it with that app if you mean to.</source>
            <translation>这个二维码要求用 %1 付款。
虎符不付款。如果您确实要付，请用那个应用扫描。</translation>
        </message>
        <message>
            <source>This code signs in to %1.
It is no login of a bound account. Scan it with that app on your phone, and only if you opened this page yourself.</source>
            <translation>这个二维码用于登录 %1。
它不是已绑定账号的登录。只有这个页面是您自己打开的，才用手机上的那个应用扫描。</translation>
        </message>
        <message>
            <source>The disk takes too long.
Your accounts are in a file on it, and nothing in it was changed halfway. Check that the disk or the network folder is connected, then try again.</source>
            <translation>磁盘响应太慢。
您的账号在磁盘上的一个文件里，文件没有只改到一半。请检查磁盘或网络文件夹是否已连接，然后重试。</translation>
        </message>
        <message>
            <source>The file did not keep the change.
Everything is as it was before. Check that the disk works and has room, then try again.</source>
            <translation>文件没有保存这次更改。
一切都和之前一样。请检查磁盘是否正常、空间是否足够，然后重试。</translation>
        </message>
        <message>
            <source>There is no network.
Nothing was stored. Connect, then try again.</source>
            <translation>没有网络。
没有存储任何内容。请联网后重试。</translation>
        </message>
        <message>
            <source>The server cannot be reached.
Nothing was stored. Check the network or ask whoever runs the server, then try again.</source>
            <translation>无法连接服务器。
没有存储任何内容。请检查网络或询问服务器的管理者，然后重试。</translation>
        </message>
        <message>
            <source>The server did not answer in time.
Nothing was stored. Try again: an answer that was lost on its way is given once more.</source>
            <translation>服务器没有及时应答。
没有存储任何内容。请重试：途中丢失的应答会再给一次。</translation>
        </message>
        <message>
            <source>The server points to another address.
Hufu does not follow it, and nothing was stored. Tell whoever runs the server.</source>
            <translation>服务器指向另一个地址。
虎符不会跟随，也没有存储任何内容。请告诉服务器的管理者。</translation>
        </message>
        <message>
            <source>The server's answer is too large.
It was dropped, and nothing was stored. Tell whoever runs the server.</source>
            <translation>服务器的应答过大。
应答已丢弃，没有存储任何内容。请告诉服务器的管理者。</translation>
        </message>
        <message>
            <source>The server's answer is no binding to it.
It was dropped, and nothing was stored. Tell whoever runs the server.</source>
            <translation>服务器的应答不是对它自己的绑定。
应答已丢弃，没有存储任何内容。请告诉服务器的管理者。</translation>
        </message>
        <message>
            <source>The server gives no binding.
Nothing was stored. Ask the page for a new code, or whoever runs the server.</source>
            <translation>服务器没有给出绑定。
没有存储任何内容。请在页面上获取新的二维码，或询问服务器的管理者。</translation>
        </message>
        <message>
            <source>Too many tries.
The server takes none for a while, and nothing was stored. Wait some minutes, then try again.</source>
            <translation>尝试次数过多。
服务器暂时不再接受，没有存储任何内容。请等几分钟再试。</translation>
        </message>
        <message>
            <source>The server reported a fault of its own.
Nothing was stored. Try again in a few minutes.</source>
            <translation>服务器报告了它自身的故障。
没有存储任何内容。请几分钟后重试。</translation>
        </message>
        <message>
            <source>A binding code of %1 has to be scanned.
Nothing was sent there: an address that was typed or pasted is not followed, since somebody may have sent it to you. Open the binding page and scan the screen.</source>
            <translation>%1 的绑定二维码需要扫描。
没有向那里发送任何内容：手动输入或粘贴的地址不会被访问，因为它可能是别人发给您的。请打开绑定页面并扫描屏幕。</translation>
        </message>
        <message>
            <source>The file went away while it was being written.
The old or the new state is in it, never a mixture. Start Hufu again to see which.</source>
            <translation>文件在写入时中断。
其中是旧状态或新状态，绝不会是两者混合。重新启动虎符即可知道是哪一个。</translation>
        </message>
        <message>
            <source>The server's certificate is out of date.
It has expired, or this computer's date is wrong. Nothing was sent to it. Check the date, or tell whoever runs the server.</source>
            <translation>服务器的证书不在有效期内。
它已过期，或者这台电脑的日期不对。没有向它发送任何内容。请检查日期，或告知服务器的管理者。</translation>
        </message>
        <message>
            <source>The server's certificate belongs to another server.
Nothing was sent to it. A network that wants you to sign in first answers like that: do so in a browser, or try another network.</source>
            <translation>服务器的证书属于另一台服务器。
没有向它发送任何内容。需要先登录的网络会这样应答：请在浏览器中登录，或换一个网络。</translation>
        </message>
        <message>
            <source>Nobody trusted vouches for the server's certificate.
Nothing was sent to it. Your company may inspect the traffic: ask your administrator for its certificate. Anywhere else try another network.</source>
            <translation>没有可信的机构为服务器的证书担保。
没有向它发送任何内容。可能是贵单位在检查网络流量：请向管理员索取其证书。在其他地方请换一个网络。</translation>
        </message>
        <message>
            <source>The server's key is not the one of the binding.
Nothing was sent to it. Somebody may inspect the traffic, or the key has changed: ask whoever runs the server, and bind anew if it has.</source>
            <translation>服务器的密钥与绑定时的不同。
没有向它发送任何内容。可能有人在检查网络流量，或者密钥已更换：请询问服务器的管理者，若已更换请重新绑定。</translation>
        </message>
        <message>
            <source>The server tried to send Hufu elsewhere: %1.
Hufu does not follow it, and nobody was signed in. Tell whoever runs the server.</source>
            <translation>服务器试图把虎符引向别处：%1。
虎符不会跟随，没有人登录。请告知服务器的管理者。</translation>
        </message>
        <message>
            <source>The server does not know your account here.
Nobody was signed in, and the account was kept as it is. Open the page that gave you its binding code, and scan a new one there.</source>
            <translation>服务器不认识您在这里的账号。
没有人登录，账号保持原样。请打开当初给您绑定二维码的页面，扫描那里的新二维码。</translation>
        </message>
        <message>
            <source>The server refused the key of this account.
Nobody was signed in, and the account was kept as it is. It may have been bound again elsewhere since: open its binding page and scan that code here.</source>
            <translation>服务器不接受这个账号的密钥。
没有人登录，账号保持原样。它可能后来在别处重新绑定过：请打开它的绑定页面，在这里扫描那里的二维码。</translation>
        </message>
        <message>
            <source>This binding code is over or was used.
Nothing was stored, and accounts that you have stay as they are. Ask the page for a new code and scan that; if you never used this one, tell whoever runs the page.</source>
            <translation>这个绑定二维码已过期或已被使用。
没有保存任何内容，您已有的账号保持原样。请在页面上获取新的二维码并扫描；如果您从未使用过这个二维码，请告知页面的管理者。</translation>
        </message>
        <message>
            <source>Your proxy asks for a kind of login that Hufu does not speak.
Nothing was sent. Hufu knows only name and password (Basic), not NTLM, Kerberos or Digest: ask your administrator to allow that, or to let this server through without a login.</source>
            <translation>您的代理服务器要求的登录方式虎符不支持。
没有发送任何内容。虎符只支持用户名和密码（Basic），不支持 NTLM、Kerberos 或 Digest：请联系管理员允许这种方式，或让这个服务器无需登录即可通过。</translation>
        </message>
    </context>
    <context>
        <name>Incoming</name>
        <message>
            <source>These are several files.</source>
            <translation>这是多个文件。</translation>
        </message>
        <message>
            <source>Nothing was read. Take one picture at a time.</source>
            <translation>没有读取任何内容。请一次只用一张图片。</translation>
        </message>
        <message>
            <source>This is a folder.</source>
            <translation>这是一个文件夹。</translation>
        </message>
        <message>
            <source>Nothing was read. Take a picture out of it.</source>
            <translation>没有读取任何内容。请从里面取一张图片。</translation>
        </message>
    </context>
    <context>
        <name>LoginWords</name>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>%1 on %2</source>
            <extracomment>browser, operating system</extracomment>
            <translation>%2 上的 %1</translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) ago</source>
            <translation>
                <numerusform>%n 秒前</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n 分钟前</numerusform>
            </translation>
        </message>
        <message>
            <source>read from the screen</source>
            <translation>读取自屏幕</translation>
        </message>
        <message>
            <source>read by the camera</source>
            <translation>由摄像头读取</translation>
        </message>
        <message>
            <source>read from a picture</source>
            <translation>读取自图片</translation>
        </message>
        <message>
            <source>sent to this computer</source>
            <translation>发送到这台电脑</translation>
        </message>
    </context>
    <context>
        <name>hufu::AccountListModel</name>
        <message>
            <source>old key</source>
            <comment>of two of one account</comment>
            <translation>旧密钥</translation>
        </message>
    </context>
    <context>
        <name>hufu::AccountListView</name>
        <message>
            <source>Accounts</source>
            <translation>账号</translation>
        </message>
        <message>
            <source>Copy the code (Enter)</source>
            <translation>复制验证码（Enter）</translation>
        </message>
        <message>
            <source>Next code</source>
            <translation>下一个验证码</translation>
        </message>
        <message>
            <source>More actions</source>
            <translation>更多操作</translation>
        </message>
    </context>
    <context>
        <name>hufu::ActivitySheet</name>
        <message>
            <source>Activity</source>
            <translation>活动记录</translation>
        </message>
        <message>
            <source>Nothing has happened yet. Logins that you approve or deny and changes of your accounts will stand here.</source>
            <translation>还没有任何活动。您批准或拒绝的登录以及账号的变更会显示在这里。</translation>
        </message>
        <message>
            <source>What happened in this profile. Only you can read it: the list is stored sealed.</source>
            <translation>此配置中发生的事情。只有您能读取：记录是加密保存的。</translation>
        </message>
        <message>
            <source>No event fits. Search for an account, a server, a place, or for what happened.</source>
            <translation>没有符合的事件。可以搜索账号、服务器、地点或发生的事情。</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>事件</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Save the list as a table (CSV)</source>
            <translation>将记录保存为表格（CSV）</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>返回</translation>
        </message>
    </context>
    <context>
        <name>hufu::ApproveButton</name>
        <message>
            <source>Approve</source>
            <translation>批准</translation>
        </message>
        <message>
            <source>Approving…</source>
            <translation>正在批准…</translation>
        </message>
    </context>
    <context>
        <name>hufu::ApproveSheet</name>
        <message>
            <source>Confirm a login</source>
            <translation>确认登录</translation>
        </message>
        <message>
            <source>Which account signs in?</source>
            <translation>用哪个账号登录？</translation>
        </message>
        <message>
            <source>Several of your accounts belong to this login page. Nothing was approved yet.</source>
            <translation>您有多个账号属于此登录页面。目前尚未批准任何登录。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Sign in to</source>
            <translation>登录到</translation>
        </message>
        <message>
            <source>Asked from a different network</source>
            <translation>请求来自另一个网络</translation>
        </message>
        <message>
            <source>The browser that asks is not where this computer is. If you did not open that page yourself, deny.</source>
            <translation>发出请求的浏览器与这台电脑不在同一处。如果那个页面不是您自己打开的，请拒绝。</translation>
        </message>
        <message>
            <source>Read from a picture</source>
            <translation>读取自图片</translation>
        </message>
        <message>
            <source>Codes sent to you are often bait. If you did not open the login page yourself, deny.</source>
            <translation>别人发来的二维码常常是诱饵。如果登录页面不是您自己打开的，请拒绝。</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>账号</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>地点</translation>
        </message>
        <message>
            <source>Same as here</source>
            <translation>与本机相同</translation>
        </message>
        <message>
            <source>Different from here</source>
            <translation>与本机不同</translation>
        </message>
        <message>
            <source>Not compared</source>
            <translation>未比较</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>网络</translation>
        </message>
        <message>
            <source>Browser</source>
            <translation>浏览器</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>请求时间</translation>
        </message>
        <message>
            <source>Number on the login page</source>
            <translation>登录页面上的数字</translation>
        </message>
        <message>
            <source>One try. A wrong number denies.</source>
            <translation>只有一次机会，数字不对即视为拒绝。</translation>
        </message>
        <message>
            <source>Deny</source>
            <translation>拒绝</translation>
        </message>
        <message>
            <source>It wasn’t me: deny and report</source>
            <translation>不是我：拒绝并报告</translation>
        </message>
        <message>
            <source>Approved</source>
            <translation>已批准</translation>
        </message>
        <message>
            <source>You are signed in to %1. This window closes by itself.</source>
            <translation>您已登录到 %1。此窗口会自动关闭。</translation>
        </message>
        <message>
            <source>Denied</source>
            <translation>已拒绝</translation>
        </message>
        <message>
            <source>Nobody was signed in. The server was told.</source>
            <translation>没有人登录，服务器已收到通知。</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Denied and reported</source>
            <translation>已拒绝并报告</translation>
        </message>
        <message>
            <source>Nobody was signed in, and the server was told that it was not you. Somebody may know your password there: change it now, and tell your administrator.</source>
            <translation>没有人登录，服务器已得知这不是您本人操作。可能有人知道您在那里的密码：请立即更改密码，并告知管理员。</translation>
        </message>
        <message>
            <source>Scan a binding code</source>
            <translation>扫描绑定二维码</translation>
        </message>
        <message>
            <source>Scan again</source>
            <translation>再次扫描</translation>
        </message>
    </context>
    <context>
        <name>hufu::BinSheet</name>
        <message>
            <source>Deleted accounts</source>
            <translation>已删除的账号</translation>
        </message>
        <message>
            <source>Deleted today</source>
            <translation>今天删除</translation>
        </message>
        <message numerus="yes">
            <source>Deleted %n day(s) ago</source>
            <translation>
                <numerusform>%n 天前删除</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>gone in %n day(s)</source>
            <translation>
                <numerusform>%n 天后永久删除</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, %2</source>
            <extracomment>When it was deleted, and when it will be gone.</extracomment>
            <translation>%1，%2</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
        <message>
            <source>Restore %1</source>
            <translation>恢复 %1</translation>
        </message>
        <message>
            <source>Delete for ever…</source>
            <translation>永久删除…</translation>
        </message>
        <message>
            <source>Delete %1 for ever</source>
            <translation>永久删除 %1</translation>
        </message>
        <message>
            <source>The bin is empty. What you delete stays here for 30 days.</source>
            <translation>回收站是空的。删除的账号会在这里保留 30 天。</translation>
        </message>
        <message>
            <source>They give no codes and confirm no logins. After 30 days they are gone for ever.</source>
            <translation>它们不再生成动态码，也不能确认登录。30 天后将永久删除。</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Delete %1 for ever?</source>
            <translation>永久删除 %1？</translation>
        </message>
        <message>
            <source> Its server is not told: unbind it there, too.</source>
            <translation>服务器不会得到通知，请在那里也解除绑定。</translation>
        </message>
        <message>
            <source>Its key is destroyed. Nothing brings it back but a backup or binding it again.</source>
            <translation>它的密钥将被销毁，只有备份或重新绑定才能找回。</translation>
        </message>
        <message>
            <source>Type “%1” to go on:</source>
            <translation>请输入“%1”以继续：</translation>
        </message>
        <message>
            <source>Name of the account to delete</source>
            <translation>要删除的账号名称</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Delete for ever</source>
            <translation>永久删除</translation>
        </message>
    </context>
    <context>
        <name>hufu::BindSheet</name>
        <message>
            <source>Add account</source>
            <translation>添加账号</translation>
        </message>
        <message>
            <source>Account without a name</source>
            <translation>没有名称的账号</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>账号</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>未知</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Rights</source>
            <translation>权限</translation>
        </message>
        <message>
            <source>May ask you to confirm logins</source>
            <translation>可以请您确认登录</translation>
        </message>
        <message>
            <source>Codes only</source>
            <translation>仅验证码</translation>
        </message>
        <message>
            <source>This account is already bound on this computer. There is nothing to add.</source>
            <translation>这个账号已经绑定在这台电脑上，无需添加。</translation>
        </message>
        <message>
            <source>Without confirming logins</source>
            <translation>不能确认登录</translation>
        </message>
        <message>
            <source>The code names a server in a way that Hufu does not trust. The account gives codes only.</source>
            <translation>二维码里的服务器地址不被虎符信任，因此这个账号只提供验证码。</translation>
        </message>
        <message>
            <source>Nothing is stored until you add it. The page may ask for this code once.</source>
            <translation>添加前不会保存任何内容。页面可能要求输入一次此验证码。</translation>
        </message>
        <message>
            <source>This account is bound with another key</source>
            <translation>这个账号已用另一个密钥绑定</translation>
        </message>
        <message>
            <source>This name exists with another key</source>
            <translation>同名账号已存在，密钥不同</translation>
        </message>
        <message>
            <source>Keep both</source>
            <translation>两个都保留</translation>
        </message>
        <message>
            <source>The new one is called “%1”</source>
            <translation>新账号命名为“%1”</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <source>The old key is kept until the new one has worked once</source>
            <translation>新密钥成功使用一次之前，旧密钥会保留</translation>
        </message>
        <message>
            <source>The old one goes to the bin</source>
            <translation>旧账号移入回收站</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>查看</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>正在添加…</translation>
        </message>
    </context>
    <context>
        <name>hufu::BindingFetchSheet</name>
        <message>
            <source>Bind an account</source>
            <translation>绑定账号</translation>
        </message>
        <message>
            <source>Ask this server for a key?</source>
            <translation>向这台服务器索取密钥？</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Is told</source>
            <translation>将告知</translation>
        </message>
        <message>
            <source>The name of this computer</source>
            <translation>这台电脑的名称</translation>
        </message>
        <message>
            <source>The code holds no key, only the address of one. Nothing was sent yet. Go on only if you know this server and opened the page with the code yourself.</source>
            <translation>这个二维码里没有密钥，只有获取密钥的地址。尚未发送任何内容。只有在您认识这台服务器，并且带二维码的页面是您自己打开的情况下才继续。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Ask the server</source>
            <translation>询问服务器</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>正在询问…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Scan again</source>
            <translation>再次扫描</translation>
        </message>
    </context>
    <context>
        <name>hufu::CameraSheet</name>
        <message>
            <source>Scan a code</source>
            <translation>扫描二维码</translation>
        </message>
        <message>
            <source>Pictures stay on this computer and are not kept.</source>
            <translation>画面只留在这台电脑上，不会保存。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>屏幕</translation>
        </message>
        <message>
            <source>Scan the screen</source>
            <translation>扫描屏幕</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Use the camera</source>
            <translation>使用摄像头</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Open a picture</source>
            <translation>打开图片</translation>
        </message>
        <message>
            <source>Clipboard</source>
            <translation>剪贴板</translation>
        </message>
        <message>
            <source>Paste a picture or link</source>
            <translation>粘贴图片或链接</translation>
        </message>
        <message>
            <source>Choose a camera</source>
            <translation>选择摄像头</translation>
        </message>
        <message>
            <source>Mirror the picture</source>
            <translation>左右翻转画面</translation>
        </message>
        <message>
            <source>The camera shows nothing.</source>
            <translation>摄像头没有画面。</translation>
        </message>
        <message>
            <source>Uncover it or switch it on. You can also scan the screen, or open a picture of the code.</source>
            <translation>请打开它的遮挡或开关。也可以扫描屏幕，或打开二维码的图片。</translation>
        </message>
        <message>
            <source>Starting the camera…</source>
            <translation>正在启动摄像头…</translation>
        </message>
        <message>
            <source>Reading the code…</source>
            <translation>正在读取二维码…</translation>
        </message>
        <message>
            <source>Hold the code in front of the camera</source>
            <translation>请把二维码对准摄像头</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
    </context>
    <context>
        <name>hufu::CameraView</name>
        <message>
            <source>What the camera sees</source>
            <translation>摄像头看到的画面</translation>
        </message>
    </context>
    <context>
        <name>hufu::CodeBox</name>
        <message>
            <source>Code now</source>
            <translation>当前验证码</translation>
        </message>
        <message>
            <source>next %1</source>
            <comment>the code that follows</comment>
            <translation>下一个 %1</translation>
        </message>
    </context>
    <context>
        <name>hufu::Desk</name>
        <message>
            <source>This is an older state, of %1. Nothing is stored until you go on with it.</source>
            <translation>这是 %1 的较旧状态。继续使用之前不会保存任何更改。</translation>
        </message>
        <message>
            <source>Go on with it</source>
            <translation>继续使用</translation>
        </message>
        <message>
            <source>%1 deleted</source>
            <translation>已删除 %1</translation>
        </message>
        <message>
            <source>Hufu</source>
            <translation>虎符</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Looking for a code…</source>
            <translation>正在查找二维码…</translation>
        </message>
        <message>
            <source>Open a picture</source>
            <translation>打开图片</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.gif)</source>
            <translation>图片 (*.png *.jpg *.jpeg *.bmp *.webp *.gif)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Asking %1…</source>
            <translation>正在询问 %1…</translation>
        </message>
        <message>
            <source>No code on your screens</source>
            <translation>屏幕上没有二维码</translation>
        </message>
        <message numerus="yes">
            <source>%n screen(s) searched. Make the code larger or bring its window to the front.</source>
            <translation>
                <numerusform>已查找 %n 个屏幕。请放大二维码，或把它所在的窗口移到最前面。</numerusform>
            </translation>
        </message>
        <message>
            <source>Scan a code</source>
            <translation>扫描二维码</translation>
        </message>
        <message>
            <source>Search again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Hufu %1</source>
            <translation>虎符 %1</translation>
        </message>
        <message>
            <source>Two halves that match. Free software under the GNU General Public License, version 3.</source>
            <translation>两半相合，方能为信。自由软件，依 GNU 通用公共许可证第 3 版发布。</translation>
        </message>
        <message>
            <source>About Hufu</source>
            <translation>关于虎符</translation>
        </message>
        <message>
            <source>The app password is removed</source>
            <translation>应用密码已移除</translation>
        </message>
        <message>
            <source>Hufu opens without asking from now on.</source>
            <translation>虎符以后打开时不再询问密码。</translation>
        </message>
        <message>
            <source>The app password is set</source>
            <translation>应用密码已设置</translation>
        </message>
        <message>
            <source>Ctrl+L locks Hufu at once. “Security…” in the menu says when it locks by itself.</source>
            <translation>按 Ctrl+L 可立即锁定虎符。菜单中的“安全…”可设置何时自动锁定。</translation>
        </message>
        <message>
            <source>App password</source>
            <translation>应用密码</translation>
        </message>
        <message>
            <source>Forgot the password?</source>
            <translation>忘记密码？</translation>
        </message>
        <message>
            <source>Without the app password nothing opens your accounts</source>
            <translation>没有应用密码就无法打开您的账号</translation>
        </message>
        <message>
            <source>They stay where they are, locked, in case it comes back to you: trying is never punished. Else there are two ways. A backup opens with its own password. Or ask the sites and your organisation to bind you again, in a profile of its own: start “hufu --profile NAME”.</source>
            <translation>账号会保持锁定并留在原处，您想起密码后仍可打开：多试几次不会删除任何内容。否则有两个办法：用备份恢复，备份有它自己的密码；或者请各网站和您的单位重新绑定，并使用另一个配置：运行“hufu --profile 名称”。</translation>
        </message>
        <message numerus="yes">
            <source>%n account(s) added</source>
            <translation>
                <numerusform>已添加 %n 个账号</numerusform>
            </translation>
        </message>
        <message>
            <source>The accounts are in a file now</source>
            <translation>账号现在保存在文件中</translation>
        </message>
        <message>
            <source>Everything was read back from it before the keychain's entries were removed. Only the app password opens it.</source>
            <translation>已先从文件中完整读回核对，才删除了密钥环中的条目。只有应用密码能打开它。</translation>
        </message>
        <message>
            <source>The accounts are in the keychain now</source>
            <translation>账号现在保存在密钥环中</translation>
        </message>
        <message>
            <source>Everything was read back from it before the file was removed. The app password is the same as before.</source>
            <translation>已先从密钥环中完整读回核对，才删除了文件。应用密码与之前相同。</translation>
        </message>
        <message>
            <source>Where accounts are kept</source>
            <translation>账号的保存位置</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Sent by %1</source>
            <translation>由 %1 发来</translation>
        </message>
        <message>
            <source>Scan a binding code</source>
            <translation>扫描绑定二维码</translation>
        </message>
        <message>
            <source>Save the activity list</source>
            <translation>保存活动记录</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>表格 (*.csv)</translation>
        </message>
    </context>
    <context>
        <name>hufu::DoctorSheet</name>
        <message>
            <source>Export what was kept</source>
            <translation>导出保留的内容</translation>
        </message>
        <message>
            <source>Keychain doctor</source>
            <translation>密钥环诊断</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>hufu::EmptyPage</name>
        <message>
            <source>Scan the screen</source>
            <translation>扫描屏幕</translation>
        </message>
        <message>
            <source>Open a picture</source>
            <translation>打开图片</translation>
        </message>
        <message>
            <source>Paste a picture or link</source>
            <translation>粘贴图片或链接</translation>
        </message>
        <message>
            <source>Add your first account</source>
            <translation>添加第一个账号</translation>
        </message>
        <message>
            <source>Open the page or mail that shows the QR code. Hufu finds it by itself.</source>
            <translation>打开显示二维码的页面或邮件，虎符会自己找到它。</translation>
        </message>
        <message>
            <source>You can also drop a picture here.</source>
            <translation>也可以把图片拖到这里。</translation>
        </message>
        <message>
            <source>Use the camera</source>
            <translation>使用摄像头</translation>
        </message>
    </context>
    <context>
        <name>hufu::ErrorCard</name>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>应答</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>请求</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
    </context>
    <context>
        <name>hufu::EyeButton</name>
        <message>
            <source>Hide what is typed</source>
            <translation>隐藏输入的内容</translation>
        </message>
        <message>
            <source>Show what is typed</source>
            <translation>显示输入的内容</translation>
        </message>
    </context>
    <context>
        <name>hufu::FirstCodeSheet</name>
        <message>
            <source>Account added</source>
            <translation>已添加账号</translation>
        </message>
        <message>
            <source>Copy the code</source>
            <translation>复制验证码</translation>
        </message>
        <message>
            <source>One last step</source>
            <translation>最后一步</translation>
        </message>
        <message>
            <source>Type this code on the page that showed you the binding code.</source>
            <translation>请在显示绑定二维码的页面上输入这个验证码。</translation>
        </message>
        <message>
            <source>The page turns the new key on with it. Until that has worked once the old key is kept, marked “old key” in the list.</source>
            <translation>页面用它来启用新密钥。新密钥成功使用一次之前，旧密钥会保留，在列表中标为“旧密钥”。</translation>
        </message>
        <message>
            <source>The page turns the account on with it. You find the code in the list, too.</source>
            <translation>页面用它来启用账号。您在列表中也能看到这个验证码。</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <source>The server has taken the new key.</source>
            <translation>服务器已接受新密钥。</translation>
        </message>
        <message>
            <source>The account works. There is nothing more to do here.</source>
            <translation>账号可以使用了，这里没有别的要做。</translation>
        </message>
    </context>
    <context>
        <name>hufu::ImportSheet</name>
        <message>
            <source>Import accounts</source>
            <translation>导入账号</translation>
        </message>
        <message>
            <source>This code was read already</source>
            <translation>这个二维码已经读过了</translation>
        </message>
        <message>
            <source>Show the next code in the other authenticator, then read that.</source>
            <translation>请在另一个验证器中显示下一个二维码，再读取它。</translation>
        </message>
        <message>
            <source>Accounts of another authenticator</source>
            <translation>另一个验证器的账号</translation>
        </message>
        <message>
            <source>Choose what to add. Nothing is stored before that.</source>
            <translation>请选择要添加的账号。在此之前不会保存任何内容。</translation>
        </message>
        <message>
            <source>%1 of %2 codes read</source>
            <extracomment>Parts of an export that was spread over several QR codes.</extracomment>
            <translation>已读取 %2 个二维码中的 %1 个</translation>
        </message>
        <message>
            <source>Still missing: %1. Show the next code in the other authenticator, then read it here. The order does not matter.</source>
            <translation>还缺：%1。请在另一个验证器中显示下一个二维码，再在这里读取。顺序不限。</translation>
        </message>
        <message numerus="yes">
            <source>All %n code(s) were read.</source>
            <translation>
                <numerusform>%n 个二维码都已读取。</numerusform>
            </translation>
        </message>
        <message>
            <source>Scan the screen</source>
            <translation>扫描屏幕</translation>
        </message>
        <message>
            <source>Open a picture</source>
            <translation>打开图片</translation>
        </message>
        <message>
            <source>Start again with the new export</source>
            <translation>改用新的导出重新开始</translation>
        </message>
        <message>
            <source>Account without a name</source>
            <translation>没有名称的账号</translation>
        </message>
        <message>
            <source>Stands twice in the export</source>
            <translation>在导出中出现了两次</translation>
        </message>
        <message>
            <source>Here already as “%1”</source>
            <translation>已有此账号：“%1”</translation>
        </message>
        <message>
            <source>Accounts</source>
            <translation>账号</translation>
        </message>
        <message>
            <source>Cannot be imported</source>
            <translation>无法导入</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>正在添加…</translation>
        </message>
        <message numerus="yes">
            <source>Add %n account(s)</source>
            <translation>
                <numerusform>添加 %n 个账号</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %n without the rest</source>
            <translation>
                <numerusform>只添加这 %n 个</numerusform>
            </translation>
        </message>
        <message>
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <source>Name taken: added as “%1”</source>
            <translation>同名账号已存在：将添加为“%1”</translation>
        </message>
        <message>
            <source>Use the camera</source>
            <translation>使用摄像头</translation>
        </message>
        <message>
            <source>Screen</source>
            <translation>屏幕</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
    </context>
    <context>
        <name>hufu::LockPage</name>
        <message>
            <source>App password</source>
            <translation>应用密码</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>解锁</translation>
        </message>
        <message>
            <source>Forgot the password?</source>
            <translation>忘记密码？</translation>
        </message>
        <message>
            <source>Hufu is locked</source>
            <translation>虎符已锁定</translation>
        </message>
        <message>
            <source>That is not the app password.</source>
            <translation>应用密码不正确。</translation>
        </message>
        <message>
            <source>Unlocking…</source>
            <translation>正在解锁…</translation>
        </message>
        <message>
            <source>Unlock in %1 s</source>
            <translation>%1 秒后可解锁</translation>
        </message>
        <message>
            <source>Caps Lock is on.</source>
            <translation>大写锁定已打开。</translation>
        </message>
    </context>
    <context>
        <name>hufu::MainWindow</name>
        <message>
            <source>Drop to read the code</source>
            <translation>松开以读取二维码</translation>
        </message>
        <message>
            <source>Hufu</source>
            <extracomment>The program's name, as the window shows it.</extracomment>
            <translation>虎符</translation>
        </message>
        <message>
            <source>Scan</source>
            <translation>扫码</translation>
        </message>
        <message>
            <source>Scan the screen</source>
            <translation>扫描屏幕</translation>
        </message>
        <message>
            <source>Other ways to scan</source>
            <translation>其他扫码方式</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>菜单</translation>
        </message>
        <message>
            <source>No account matches “%1”.</source>
            <translation>没有与“%1”匹配的账号。</translation>
        </message>
        <message>
            <source>Open a picture…</source>
            <translation>打开图片…</translation>
        </message>
        <message>
            <source>Paste a picture or link</source>
            <translation>粘贴图片或链接</translation>
        </message>
        <message>
            <source>About Hufu</source>
            <translation>关于虎符</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>Next code</source>
            <translation>下一个验证码</translation>
        </message>
        <message>
            <source>Copy the code</source>
            <translation>复制验证码</translation>
        </message>
        <message>
            <source>Copy the next code</source>
            <translation>复制下一个验证码</translation>
        </message>
        <message>
            <source>Remove from favourites</source>
            <translation>取消收藏</translation>
        </message>
        <message>
            <source>Make a favourite</source>
            <translation>收藏</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>锁定</translation>
        </message>
        <message>
            <source>App password…</source>
            <translation>应用密码…</translation>
        </message>
        <message>
            <source>Security…</source>
            <translation>安全…</translation>
        </message>
        <message>
            <source>Deleted accounts…</source>
            <translation>已删除的账号…</translation>
        </message>
        <message>
            <source>Keychain doctor…</source>
            <translation>密钥环诊断…</translation>
        </message>
        <message>
            <source>Use the camera</source>
            <translation>使用摄像头</translation>
        </message>
        <message>
            <source>Activity…</source>
            <translation>活动记录…</translation>
        </message>
        <message>
            <source>Servers…</source>
            <translation>服务器…</translation>
        </message>
    </context>
    <context>
        <name>hufu::NumberCells</name>
        <message>
            <source>Number on the login page</source>
            <translation>登录页面上的数字</translation>
        </message>
        <message>
            <source>%1 of %2 digits typed</source>
            <translation>已输入 %1 位，共 %2 位</translation>
        </message>
    </context>
    <context>
        <name>hufu::PasswordSheet</name>
        <message>
            <source>App password</source>
            <translation>应用密码</translation>
        </message>
        <message>
            <source>Set an app password</source>
            <translation>设置应用密码</translation>
        </message>
        <message>
            <source>Hufu asks for it when it starts and when it was locked. Without it nobody reads your accounts, not even other programs of yours.</source>
            <translation>虎符在启动时和锁定后会询问它。没有它，任何人都无法读取您的账号，您的其他程序也不能。</translation>
        </message>
        <message>
            <source>Change the app password</source>
            <translation>更改应用密码</translation>
        </message>
        <message>
            <source>From now on only the new one unlocks Hufu.</source>
            <translation>以后只有新密码才能解锁虎符。</translation>
        </message>
        <message>
            <source>Remove the app password</source>
            <translation>移除应用密码</translation>
        </message>
        <message>
            <source>Hufu then opens without asking and no longer locks. Other programs of yours can read what the system's keychain holds.</source>
            <translation>虎符打开时将不再询问密码，也不再锁定。您的其他程序能够读取系统密钥环中的内容。</translation>
        </message>
        <message>
            <source>Password now</source>
            <translation>当前密码</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>新密码</translation>
        </message>
        <message>
            <source>New password again</source>
            <translation>再次输入新密码</translation>
        </message>
        <message>
            <source>It cannot be recovered. If you forget it, only a backup or binding each account again brings them back.</source>
            <translation>密码无法找回。如果忘记，只有备份或逐个重新绑定才能找回账号。</translation>
        </message>
        <message>
            <source>Caps Lock is on.</source>
            <translation>大写锁定已打开。</translation>
        </message>
        <message>
            <source>Remove it…</source>
            <translation>移除…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Set the password</source>
            <translation>设置密码</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>更改</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Type the password that is set now.</source>
            <translation>请输入当前密码。</translation>
        </message>
        <message>
            <source>Type a new password.</source>
            <translation>请输入新密码。</translation>
        </message>
        <message>
            <source>Type the new password once more.</source>
            <translation>请再次输入新密码。</translation>
        </message>
        <message>
            <source>The two new passwords differ. Type the second one again.</source>
            <translation>两次输入的新密码不一致，请重新输入第二次。</translation>
        </message>
        <message>
            <source>This takes a moment…</source>
            <translation>请稍候…</translation>
        </message>
        <message>
            <source>Where accounts are kept</source>
            <translation>账号的保存位置</translation>
        </message>
        <message>
            <source>The accounts move into a file in your home folder. Nothing of them stays in the keychain.</source>
            <translation>账号会移到您主文件夹中的一个文件里，密钥环中不再留下任何内容。</translation>
        </message>
        <message>
            <source>Move the accounts into a file</source>
            <translation>把账号移到文件中</translation>
        </message>
        <message>
            <source>The app password seals the file.</source>
            <translation>文件由应用密码加密。</translation>
        </message>
        <message>
            <source>An app password seals the file; Hufu asks for it when it starts and when it was locked.</source>
            <translation>文件由应用密码加密；虎符在启动和锁定后都会询问它。</translation>
        </message>
        <message>
            <source>Move the accounts into the keychain</source>
            <translation>把账号移到密钥环中</translation>
        </message>
        <message>
            <source>The system's keychain holds them from then on, and the file is removed. The app password stays set.</source>
            <translation>此后由系统的密钥环保存账号，文件会被删除。应用密码保持不变。</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>移动</translation>
        </message>
    </context>
    <context>
        <name>hufu::ProblemPage</name>
        <message>
            <source>Unlock the keychain</source>
            <translation>解锁密钥环</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>出了什么问题？</translation>
        </message>
        <message>
            <source>Use a password instead</source>
            <translation>改用密码</translation>
        </message>
    </context>
    <context>
        <name>hufu::ProxyPasswordSheet</name>
        <message>
            <source>Proxy</source>
            <translation>代理</translation>
        </message>
        <message>
            <source>Password for the proxy</source>
            <translation>代理的密码</translation>
        </message>
        <message>
            <source>%1 wants a login before it lets anything through. Hufu keeps the password until it quits and stores it nowhere.</source>
            <translation>%1 要求登录后才放行。虎符在退出前记住密码，不存到任何地方。</translation>
        </message>
        <message>
            <source>Password of %1</source>
            <extracomment>%1 is a name of a user</extracomment>
            <translation>%1 的密码</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>继续</translation>
        </message>
    </context>
    <context>
        <name>hufu::PushCourse</name>
        <message>
            <source>A login waits</source>
            <translation>有一个登录请求在等待</translation>
        </message>
        <message>
            <source>Unlock Hufu to see it.</source>
            <translation>解锁虎符即可查看。</translation>
        </message>
        <message>
            <source>Are you signing in to %1?</source>
            <translation>是您在登录 %1 吗？</translation>
        </message>
        <message>
            <source>Click to see who asks. Nothing is approved by that.</source>
            <translation>点击查看是谁在请求。点击不会批准任何登录。</translation>
        </message>
        <message>
            <source>A login waits. Unlock Hufu to see it.</source>
            <translation>有一个登录请求在等待。解锁虎符即可查看。</translation>
        </message>
        <message>
            <source>A login waits for your answer.</source>
            <translation>有一个登录请求在等待您的答复。</translation>
        </message>
    </context>
    <context>
        <name>hufu::RowDelegate</name>
        <message>
            <source>Copied</source>
            <translation>已复制</translation>
        </message>
        <message>
            <source>next %1</source>
            <comment>the code that follows</comment>
            <translation>下一个 %1</translation>
        </message>
        <message>
            <source>counter %1</source>
            <translation>计数 %1</translation>
        </message>
        <message>
            <source>kept, no codes yet</source>
            <translation>已保存，暂不支持验证码</translation>
        </message>
        <message>
            <source>old key</source>
            <comment>of two of one account</comment>
            <translation>旧密钥</translation>
        </message>
    </context>
    <context>
        <name>hufu::ScanFlow</name>
        <message>
            <source>Read from the clipboard</source>
            <translation>读取自剪贴板</translation>
        </message>
        <message>
            <source>Read from screen %1</source>
            <translation>读取自屏幕 %1</translation>
        </message>
        <message>
            <source>Read from a picture</source>
            <translation>读取自图片</translation>
        </message>
        <message>
            <source>Read by the camera</source>
            <translation>读取自摄像头</translation>
        </message>
    </context>
    <context>
        <name>hufu::ScanResultSheet</name>
        <message>
            <source>Scan a code</source>
            <translation>扫描二维码</translation>
        </message>
        <message numerus="yes">
            <source>%n code(s) found</source>
            <translation>
                <numerusform>找到 %n 个二维码</numerusform>
            </translation>
        </message>
        <message>
            <source>Choose the one to use. Nothing is stored or sent yet.</source>
            <translation>请选择要使用的一个。目前没有保存或发送任何内容。</translation>
        </message>
        <message>
            <source>Screen %1</source>
            <translation>屏幕 %1</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Confirm a login</source>
            <translation>确认登录</translation>
        </message>
        <message>
            <source>New account</source>
            <translation>新账号</translation>
        </message>
        <message>
            <source>Search again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <source>Export of another authenticator</source>
            <translation>另一个验证器的导出</translation>
        </message>
        <message>
            <source>%1 of %2 codes</source>
            <translation>%2 个二维码中的 %1 个</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>摄像头</translation>
        </message>
    </context>
    <context>
        <name>hufu::SearchField</name>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search (%1)</source>
            <translation>搜索（%1）</translation>
        </message>
    </context>
    <context>
        <name>hufu::SecuritySheet</name>
        <message>
            <source>Security</source>
            <translation>安全</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>锁定</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>更改…</translation>
        </message>
        <message>
            <source>Set…</source>
            <translation>设置…</translation>
        </message>
        <message>
            <source>Change the app password</source>
            <translation>更改应用密码</translation>
        </message>
        <message>
            <source>Set an app password</source>
            <translation>设置应用密码</translation>
        </message>
        <message>
            <source>App password</source>
            <translation>应用密码</translation>
        </message>
        <message>
            <source>Asked for each time Hufu unlocks</source>
            <translation>每次解锁虎符时询问</translation>
        </message>
        <message>
            <source>Without one Hufu cannot be locked</source>
            <translation>没有它就无法锁定虎符</translation>
        </message>
        <message>
            <source>Lock when idle for</source>
            <translation>闲置多久后锁定</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>从不</translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n 分钟</numerusform>
            </translation>
        </message>
        <message>
            <source>Lock with the screen</source>
            <translation>随屏幕锁定</translation>
        </message>
        <message>
            <source>Lock on sleep</source>
            <translation>睡眠时锁定</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Where accounts are kept</source>
            <translation>账号的保存位置</translation>
        </message>
        <message>
            <source>Move to the keychain…</source>
            <translation>移到密钥环…</translation>
        </message>
        <message>
            <source>Move to a file…</source>
            <translation>移到文件…</translation>
        </message>
        <message>
            <source>Opened by your login, and the app password if one is set</source>
            <translation>由您的登录打开；设有应用密码时还需要它</translation>
        </message>
        <message>
            <source>In your home folder, sealed with the app password</source>
            <translation>在您的主文件夹中，用应用密码加密</translation>
        </message>
        <message>
            <source>In the folder that Hufu was started for, sealed with the app password</source>
            <translation>在启动虎符时指定的文件夹中，用应用密码加密</translation>
        </message>
        <message>
            <source>A file of Hufu's own</source>
            <translation>虎符自己的文件</translation>
        </message>
        <message>
            <source>The system's keychain</source>
            <translation>系统的密钥环</translation>
        </message>
        <message>
            <source>Tell of waiting logins while locked</source>
            <translation>锁定时提示有登录请求</translation>
        </message>
        <message>
            <source>A notice without details; only an unlock can answer</source>
            <translation>提示不含任何细节；解锁后才能答复</translation>
        </message>
    </context>
    <context>
        <name>hufu::ServersSheet</name>
        <message>
            <source>Servers</source>
            <translation>服务器</translation>
        </message>
        <message>
            <source>Bound servers</source>
            <translation>已绑定的服务器</translation>
        </message>
        <message>
            <source>Proxy</source>
            <translation>代理</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message numerus="yes">
            <source>%n account(s)</source>
            <translation>
                <numerusform>%n 个账号</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n application(s)</source>
            <translation>
                <numerusform>%n 个应用</numerusform>
            </translation>
        </message>
        <message>
            <source>Key pinned</source>
            <translation>已固定密钥</translation>
        </message>
        <message>
            <source>No key pinned</source>
            <translation>未固定密钥</translation>
        </message>
        <message>
            <source>None yet</source>
            <translation>还没有</translation>
        </message>
        <message>
            <source>Scan the binding code of your organisation.</source>
            <translation>请扫描贵单位的绑定码。</translation>
        </message>
        <message>
            <source>Reach servers</source>
            <translation>连接服务器</translation>
        </message>
        <message>
            <source>As the system says</source>
            <translation>按系统设置</translation>
        </message>
        <message>
            <source>Without a proxy</source>
            <translation>不用代理</translation>
        </message>
        <message>
            <source>Through this proxy</source>
            <translation>经由此代理</translation>
        </message>
        <message>
            <source>A proxy learns the server's name, nothing more</source>
            <translation>代理只会知道服务器的名称，别无其他</translation>
        </message>
        <message>
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>端口</translation>
        </message>
        <message>
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <source>Empty if it asks for no login</source>
            <translation>代理不要求登录时留空</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>密码</translation>
        </message>
        <message>
            <source>Known until Hufu quits, never stored</source>
            <translation>虎符退出前记得，从不存储</translation>
        </message>
        <message>
            <source>Asked for once after each start, never stored</source>
            <translation>每次启动后询问一次，从不存储</translation>
        </message>
        <message>
            <source>A proxy needs a host and a port. Until then no server is reached.</source>
            <translation>代理需要主机和端口。填好之前不会连接任何服务器。</translation>
        </message>
    </context>
    <context>
        <name>hufu::Toast</name>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
    </context>
    <context>
        <name>main</name>
        <message>
            <source>Rolling codes and confirmed logins.</source>
            <translation>动态验证码与登录确认。</translation>
        </message>
        <message>
            <source>Accounts and settings to use.</source>
            <translation>要使用的账号和设置。</translation>
        </message>
        <message>
            <source>Settings of an organisation.</source>
            <translation>组织的设置。</translation>
        </message>
        <message>
            <source>Keep accounts and settings in this folder.</source>
            <translation>将账号和设置保存在此文件夹中。</translation>
        </message>
    </context>
</TS>
