/**
 * What the administrator's commands ask of the running server: every object, or to take files as a C-STORE would. The other
 * end is {@code org.hpqr.control}.
 */
package org.hpqr.standalone.control;
