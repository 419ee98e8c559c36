package io.eventsourcing.eventql;

/** Texts in quotes. */
final class Quoted {

    private Quoted() {}

    /** Without the quotes, and with the characters that stand behind a backslash. */
    static String text(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        int index = 1;
        while (index < quoted.length() - 1) {
            char current = quoted.charAt(index);
            if (current != '\\') {
                text.append(current);
                index++;
            } else if (quoted.charAt(index + 1) == 'u') {
                text.append((char) Integer.parseInt(quoted.substring(index + 2, index + 6), 16));
                index += 6;
            } else {
                text.append(escaped(quoted.charAt(index + 1)));
                index += 2;
            }
        }
        return text.toString();
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
