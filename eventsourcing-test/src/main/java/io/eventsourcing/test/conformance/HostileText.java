package io.eventsourcing.test.conformance;

/** Texts that mean something else to whoever pastes them into a query, a path, a pattern or an address. */
enum HostileText {
    SINGLE_QUOTE("O'Brien''s"),
    DOUBLE_QUOTE("say \"wow\""),
    SQL("'; drop table events; --"),
    SQL_COMMENT("/* */ -- #"),
    SQL_PARAMETERS("? :name $1 {0}"),
    WILDCARDS("100%_[a-z]*"),
    BACKSLASHES("\\ \\\\ \\n \\u0041 \\'"),
    PATH("../../etc/passwd"),
    WINDOWS_PATH("C:\\..\\NUL"),
    ADDRESS("a/b?c=d&e=%2F%00#f"),
    JSON("{\"a\":[1,null]}"),
    XML("<a b='c'>&amp;<![CDATA[]]></a>"),
    PLACEHOLDER("x${jndi:ldap://x} #{1+1} {{x}}"),
    NULL("null"),
    NUMBER("-0012.50e3"),
    DOTS("...a..b."),
    DASHES("--a---b-"),
    SYSTEM_LIKE("a$all@@x"),
    RIGHT_TO_LEFT("\u05DB\u05DC\u05D1\u200F\u0643\u0644\u0628\u202E"),
    EMOJI("\uD83D\uDC15\u200D\uD83E\uDDBA\uD83C\uDDF9\uD83C\uDDF7"),
    COMBINING("Z\u0351\u036B\u0343a\u0308"),
    TURKISH("\u0130\u0131Ii"),
    CHINESE("\u72AC\uD842\uDFB7"),
    NO_BREAK_SPACE("a\u00A0b\u3000c\uFEFF");

    private final String text;

    HostileText(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
