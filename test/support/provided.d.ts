// What the global set-up provides to tests is declared where it is provided.
import '../../server/src/testing/cluster.ts';
