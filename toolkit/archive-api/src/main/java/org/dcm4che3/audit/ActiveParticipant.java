package org.dcm4che3.audit;

import java.util.ArrayList;
import java.util.List;

/** Signatures of dcm4che-audit 5.34.3. */
public class ActiveParticipant {

    private UserIDTypeCode userIDTypeCode;
    private String userID;
    private String alternativeUserID;
    private boolean userIsRequestor;
    private String userTypeCode;
    private String networkAccessPointID;
    private String networkAccessPointTypeCode;
    private final List<RoleIDCode> roleIDCode = new ArrayList<>();

    public UserIDTypeCode getUserIDTypeCode() {
        return userIDTypeCode;
    }

    public void setUserIDTypeCode(UserIDTypeCode value) {
        userIDTypeCode = value;
    }

    public String getUserID() {
        return userID;
    }

    public void setUserID(String value) {
        userID = value;
    }

    public String getAlternativeUserID() {
        return alternativeUserID;
    }

    public void setAlternativeUserID(String value) {
        alternativeUserID = value;
    }

    public boolean isUserIsRequestor() {
        return userIsRequestor;
    }

    public void setUserIsRequestor(boolean value) {
        userIsRequestor = value;
    }

    public String getUserTypeCode() {
        return userTypeCode;
    }

    public void setUserTypeCode(String value) {
        userTypeCode = value;
    }

    public String getNetworkAccessPointID() {
        return networkAccessPointID;
    }

    public void setNetworkAccessPointID(String value) {
        networkAccessPointID = value;
    }

    public String getNetworkAccessPointTypeCode() {
        return networkAccessPointTypeCode;
    }

    public void setNetworkAccessPointTypeCode(String value) {
        networkAccessPointTypeCode = value;
    }

    public List<RoleIDCode> getRoleIDCode() {
        return roleIDCode;
    }
}
