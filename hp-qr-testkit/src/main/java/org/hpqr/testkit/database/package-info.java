/** Database servers that a test starts, kills and starts again. */
package org.hpqr.testkit.database;
