package io.eventsourcing.store;

/** Which texts can be names: whatever every store keeps as it is. */
final class PlainText {

    private PlainText() {}

    /** @throws IllegalArgumentException if the text has a control character, or half a character */
    static void require(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char current = text.charAt(i);
            if (Character.isISOControl(current)) {
                throw new IllegalArgumentException("A " + what + " has no control characters");
            }
            if (Character.isSurrogate(current)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(current, text.charAt(i + 1))) {
                    throw new IllegalArgumentException("A " + what + " is valid Unicode, without lone surrogates");
                }
                i++;
            }
        }
    }
}
