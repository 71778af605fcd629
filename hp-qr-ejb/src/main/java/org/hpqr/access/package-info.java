/**
 * Who may do what with a hanging protocol. The standard has no access rules: Hanging Protocol Level, User Identification Code
 * and User Group Name (PS3.3 C.23.1) are descriptions and keys. The rules here follow what hospitals know from their PACS: a
 * user's own protocols are seen and changed by that user only, those of a group are seen by its members and changed by its
 * managers, those of the site are seen by everybody.
 */
package org.hpqr.access;
