/**
 * The database: entities and the repository that writes and looks up, the query that delivers candidates for a C-FIND,
 * and the migration of the schema. Entities do not leave this package; records do.
 */
package org.hpqr.model;
