package org.hpqr.database;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Delivers the objects that may match a C-FIND. A superset of the matches: the caller still has to match each.
 *
 * <p>Plain JDBC, because entities would be made only to be thrown away, and because a result of any length has to be
 * read in constant memory.
 */
@ApplicationScoped
public class CandidateQuery {

    @Resource(lookup = "java:/PacsDS")
    private DataSource dataSource;

    /** For the container. */
    public CandidateQuery() {
    }

    /** For use outside a container. */
    public CandidateQuery(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Opens a query: takes a connection. To be called outside a transaction, as the connection is given back by whoever
     * reads to the end. The database is first asked by {@link Candidates#next()}.
     *
     * @param timeoutSeconds longest time the database may work on the query before its first object
     * @throws SQLException there is no connection to be had
     */
    public Candidates open(CandidateFilter filter, int timeoutSeconds) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            return new JdbcCandidates(new ReadingConnection(connection), new CandidateSql(filter), timeoutSeconds);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
