/** Users of the standalone server, and how they prove who they are: passwords and tokens, over DICOM and over HTTP. */
package org.hpqr.standalone.login;
