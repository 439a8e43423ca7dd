import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.h2.mvstore.MVStore;

/** Arguments: the file of the data, the port; for TLS also the files of an RSA key (PKCS #8) and of its certificates (PEM). */
public class Server {
  private static final int CACHE_MB = 128;
  private static final int RETENTION_MS = 120_000;

  public static void main(String[] args) throws Exception {
    MongoVersion v = new MongoVersion() {
      public List<Integer> getVersionArray() { return List.of(7, 0, 0); }
      public int getWireVersion() { return 21; }
    };
    // What was answered is in the file, should the process be killed.
    H2Backend backend = new H2Backend(store(args[0])) {
      @Override public Document handleMessage(MongoMessage message) {
        Document answer = super.handleMessage(message);
        commit();
        return answer;
      }
    };
    backend.version(v);
    MongoServer server = new MongoServer(backend);
    if (args.length > 3) server.enableSsl(key(Path.of(args[2])), null, certificates(Path.of(args[3])));
    server.bind("127.0.0.1", Integer.parseInt(args[1]));
  }

  /** Readers hold no version of the store: nothing is moved under them, nor overwritten within two minutes. */
  private static MVStore store(String file) {
    MVStore store = new MVStore.Builder().fileName(file).cacheSize(CACHE_MB).autoCompactFillRate(0).open();
    store.setRetentionTime(RETENTION_MS);
    return store;
  }

  private static PrivateKey key(Path file) throws Exception {
    String text = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text));
    return KeyFactory.getInstance("RSA").generatePrivate(spec);
  }

  private static X509Certificate[] certificates(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in)
        .toArray(X509Certificate[]::new);
    }
  }
}
