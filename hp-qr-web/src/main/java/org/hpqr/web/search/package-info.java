/** The query component of a search (PS3.18 8.3.4), made into the identifier that a C-FIND would bring. */
package org.hpqr.web.search;
