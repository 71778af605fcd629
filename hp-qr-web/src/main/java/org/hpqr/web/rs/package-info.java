/** The transactions of PS3.18 chapter 12 as Jakarta REST resources, and the filter that every request passes. */
package org.hpqr.web.rs;
