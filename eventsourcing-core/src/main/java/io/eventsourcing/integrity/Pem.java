package io.eventsourcing.integrity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys as text. Line breaks may be missing, as in environment variables. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END ([A-Z ]+)-----");

    private Pem() {}

    /** Empty if there isn't exactly one. */
    static Optional<PrivateKey> privateKey(String pem) {
        List<byte[]> blocks = blocks("PRIVATE KEY", pem);
        if (blocks.size() != 1) {
            return Optional.empty();
        }
        byte[] encoded = blocks.get(0);
        try {
            return Optional.of(factory().generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // its message could show a part of the key
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Empty if there is none, or one isn't right. */
    static Optional<List<PublicKey>> publicKeys(String pem) {
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (byte[] encoded : blocks("PUBLIC KEY", pem)) {
                keys.add(factory().generatePublic(new X509EncodedKeySpec(encoded)));
            }
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519");
    }

    /** None at all if there is anything else. */
    private static List<byte[]> blocks(String type, String pem) {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        int end = 0;
        while (block.find()) {
            boolean right = block.group(1).equals(type) && block.group(3).equals(type);
            if (!right || !pem.substring(end, block.start()).isBlank()) {
                return List.of();
            }
            blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
            end = block.end();
        }
        return pem.substring(end).isBlank() ? blocks : List.of();
    }
}
