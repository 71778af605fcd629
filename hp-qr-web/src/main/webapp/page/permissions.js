// What the user may do, so that nothing else is offered. The service decides; these are its rules (docs/security.md).

import { text, values } from './attributes.js';

/** What a user may store. */
export class Permissions {
  /** @param user of the service: administrator, and for others code, groups, managedGroups */
  constructor(user) {
    this.user = user;
  }

  get administrator() {
    return this.user.administrator;
  }

  /** The groups that this user may store protocols for; null for any. */
  get groups() {
    return this.administrator ? null : this.user.managedGroups;
  }

  /** The levels that this user may store protocols of. */
  get levels() {
    if (this.administrator)
      return ['SITE', 'USER_GROUP', 'SINGLE_USER'];
    return [this.user.managedGroups.length ? 'USER_GROUP' : null, this.user.code ? 'SINGLE_USER' : null].filter(Boolean);
  }

  get mayStore() {
    return this.levels.length > 0;
  }

  /** Whether this user may replace, retire, restore and delete a protocol. */
  mayChange(protocol) {
    if (this.administrator)
      return true;
    switch (text(protocol, 'HangingProtocolLevel')) {
      case 'USER_GROUP':
        return this.user.managedGroups.includes(text(protocol, 'HangingProtocolUserGroupName'));
      case 'SINGLE_USER': {
        const owner = values(protocol, 'HangingProtocolUserIdentificationCodeSequence')[0];
        return Boolean(owner && this.user.code && text(owner, 'CodeValue') === this.user.code.value
          && (!this.user.code.scheme || text(owner, 'CodingSchemeDesignator') === this.user.code.scheme));
      }
      default:
        return false;
    }
  }
}
