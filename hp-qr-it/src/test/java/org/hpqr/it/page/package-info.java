/** The page in a real browser: Debian's chromium, driven by Selenium, against the provisioned server. */
package org.hpqr.it.page;
