package io.eventsourcing.store;

/**
 * Who has sealed an event.
 *
 * @param keyId which key it was: 32 lower-case hexadecimal digits, a part of the public key's SHA-256 digest
 * @param value the Ed25519 signature of the hash's text, as 128 lower-case hexadecimal digits
 */
public record SealSignature(String keyId, String value) {}
