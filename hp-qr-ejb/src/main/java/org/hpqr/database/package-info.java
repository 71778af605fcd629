/**
 * The database: its rows and the repository that writes and looks them up, the query that delivers candidates for a C-FIND,
 * the inventory of all that is stored, and the migration of the schema.
 */
package org.hpqr.database;
