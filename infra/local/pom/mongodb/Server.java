import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;

public class Server {
  public static void main(String[] args) throws Exception {
    MongoVersion v = new MongoVersion() {
      public List<Integer> getVersionArray() { return List.of(7, 0, 0); }
      public int getWireVersion() { return 21; }
    };
    H2Backend backend = new H2Backend(args[0]);
    backend.version(v);
    // What was answered is in the file this soon, should the process be killed.
    backend.getMvStore().setAutoCommitDelay(20);
    new MongoServer(backend).bind("127.0.0.1", Integer.parseInt(args[1]));
  }
}
