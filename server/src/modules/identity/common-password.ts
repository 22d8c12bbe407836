/**
 * Passwords of ten characters and more that everybody tries first, from published lists of leaked ones (English
 * and Chinese keyboards), lower case. What is shorter is refused for its length.
 */
const common = new Set(
  `0123456789 01234567890 0987654321 1029384756 1122334455 112233445566 11223344556677 1212121212 1231231231
  123123123123 1234512345 123456123456 1234561234 12345612345 1234567890 12345678900 123456789000 1234567890-
  12345678901 123456789012 1234567890123 12345678910 1234567891 123456789a 123456789aa 123456789abc 123456789q
  123456789qwe 123456789z 1234567899 123456abcd 123456abcdef 123456qwert 123456qwerty 12345qwert 12345qwerty 1234qwerasdf 1234qwerty
  123qweasdzxc 123qwe123qwe 123abc123abc 1357924680 13579246810 147258369 1472583690 1470258369 147852369 1478523690
  159357456852 1597534862 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc 1qaz@wsx3edc 1qaz!qaz
  2012345678 3141592653 31415926535 31415926535897 5201314520 52013145201314 5201314abc 5201314aaa 520520520520 5845201314
  584131420000 7418529630 741852963 7758521123 7758520000 7894561230 789456123 789456123000 8675309000 88888888888 9638527410
  963852741 987654321 9876543210 98765432100 9876543211 a123456789 a1234567890 a12345678910 a1b2c3d4e5 a1b2c3d4e5f6 a1s2d3f4g5
  aa123456789 aa12345678 aaa123456789 abc123abc123 abc123456789 abc1234567 abc12345678 abcd123456 abcd12345678 abcd1234567 abcdefghij
  abcdefghijk abcdefghijkl abcde12345 abcdef1234 abcdef123456 admin12345 admin123456 admin1234567 admin12345678 admin@12345 admin@123456 admin888888
  adminadmin adminadmin123 administrator administrator1 asd123456789 asdasdasdasd asdasd123123 asdf123456 asdfasdfasdf asdfghjkl1 asdfghjkl;
  asdfghjkl; asdfghjkl123 asdfg12345 asdf1234567 baseball123 basketball changeme123 changeme1234 charlie123 chinachina china123456 chocolate1 computer123
  dearbook123 doctor1234 doctor12345 doctor123456 dragon12345 football123 hello12345 helloworld helloworld1 hospital123 hospital1234 hospital123456 huawei1234 huawei@123
  iloveyou12 iloveyou123 iloveyou1314 iloveyou520 iloveyou5201314 iloveyou1234 internet123 jennifer123 letmein123 letmein1234 liverpool1 loveyou1314 loveyou520 lovely12345
  manchester michael123 monkey12345 nurse123456 p@ssw0rd123 p@ssw0rd1234 p@ssword123 pa55word123 pa55w0rd123 passw0rd123 passw0rd1234 password00 password01 password1! password11
  password12 password123 password1234 password12345 password123456 password123! password2024 password2025 password2026 password@1 password@123 password@1234
  passwordpassword princess123 q123456789 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc1 qazwsxedc123 qazwsxedcrfv qazwsx12345 qazwsx123456 qq123456789 qq1234567890 qq12345678 qq5201314
  qwe123456789 qweasdzxc1 qweasdzxc123 qweqweqwe123 qwer123456 qwer12345678 qwer1234qwer qwerasdfzxcv qwert12345 qwert123456 qwerty1234 qwerty12345 qwerty123456 qwerty123
  qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] root123456 root12345678 rootroot123 samsung123 shanghai123 starwars123 sunshine123 superman123 superman1234
  test123456 test12345678 testtest123 tongmai123 tongmai1234 tongmai12345 tongmai123456 trustno1234 unknown123 user123456 user12345678 w123456789 wang123456 wang123456789 welcome123 welcome1234
  welcome@123 whatever123 woaini1314 woaini13142 woaini520 woaini5201314 woaini1314520 woaiwojia123 woshishui123 wodemima123 xiaoming123 yisheng123 yiyuan12345 yiyuan123456
  z123456789 zaq12wsxcde3 zaq1zaq1zaq1 zhang123456 zhang123456789 zhongguo123 zhongguo1949 zxcvbnm123 zxcvbnm1234 zxcvbnm12345 zxcvbnm,./ zxc123456789 zxcasdqwe123`.split(
    /\s+/,
  ),
)

/** Whether a password (lower case) is one that everybody tries first: listed, one sign repeated, a plain row. */
export const isCommon = (plain: string): boolean =>
  common.has(plain) || new Set(plain).size < 4 || isRow(plain)

/** `abcdefghijkl`, `9876543210`: each sign is the one after, or before, the last. */
function isRow(plain: string): boolean {
  const steps = [...plain].slice(1).map((sign, i) => sign.charCodeAt(0) - plain.charCodeAt(i))
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}
