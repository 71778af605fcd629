package org.dcm4chee.arc.conf;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.dcm4che3.net.AEExtension;

/** Signatures of dcm4chee-arc-conf 5.34.3. */
public class ArchiveAEExtension extends AEExtension {

    private static final long serialVersionUID = 1L;

    private String[] objectStorageIDs = {};
    private int objectStorageCount = 1;
    private Set<String> acceptedMoveDestinations = Set.of();
    private Set<String> acceptedUserRoles = Set.of();
    private UserIdentityNegotiation userIdentityNegotiation = UserIdentityNegotiation.SUPPORTS;
    private String userIdentityNegotiationKeycloakClientID;
    private String storePermissionServiceURL;
    private String storePermissionServiceResponse;
    private Pattern storePermissionServiceResponsePattern;
    private Pattern storePermissionServiceErrorCommentPattern;

    public String[] getObjectStorageIDs() {
        return objectStorageIDs;
    }

    public void setObjectStorageIDs(String... objectStorageIDs) {
        this.objectStorageIDs = objectStorageIDs.clone();
        Arrays.sort(this.objectStorageIDs);
    }

    public int getObjectStorageCount() {
        return objectStorageCount;
    }

    public void setObjectStorageCount(int objectStorageCount) {
        this.objectStorageCount = objectStorageCount;
    }

    public void setAcceptedMoveDestinations(String... aets) {
        acceptedMoveDestinations = Set.of(aets);
    }

    public boolean isAcceptedMoveDestination(String aet) {
        return acceptedMoveDestinations.isEmpty() || acceptedMoveDestinations.contains(aet);
    }

    public void setAcceptedUserRoles(String... roles) {
        acceptedUserRoles = Set.of(roles);
    }

    public boolean isAcceptedUserRole(String... roles) {
        return acceptedUserRoles.isEmpty() || Arrays.stream(roles).anyMatch(acceptedUserRoles::contains);
    }

    public UserIdentityNegotiation userIdentityNegotiation() {
        return userIdentityNegotiation;
    }

    public void setUserIdentityNegotiation(UserIdentityNegotiation userIdentityNegotiation) {
        this.userIdentityNegotiation = userIdentityNegotiation;
    }

    public String userIdentityNegotiationKeycloakClientID() {
        return userIdentityNegotiationKeycloakClientID;
    }

    public void setUserIdentityNegotiationKeycloakClientID(String keycloakClientID) {
        userIdentityNegotiationKeycloakClientID = keycloakClientID;
    }

    public ArchiveDeviceExtension getArchiveDeviceExtension() {
        return ae.getDevice().getDeviceExtension(ArchiveDeviceExtension.class);
    }

    public String storePermissionServiceURL() {
        return storePermissionServiceURL;
    }

    public void setStorePermissionServiceURL(String storePermissionServiceURL) {
        this.storePermissionServiceURL = storePermissionServiceURL;
    }

    public String storePermissionServiceResponse() {
        return storePermissionServiceResponse;
    }

    public void setStorePermissionServiceResponse(String storePermissionServiceResponse) {
        this.storePermissionServiceResponse = storePermissionServiceResponse;
    }

    public Pattern storePermissionServiceResponsePattern() {
        return storePermissionServiceResponsePattern;
    }

    public void setStorePermissionServiceResponsePattern(Pattern storePermissionServiceResponsePattern) {
        this.storePermissionServiceResponsePattern = storePermissionServiceResponsePattern;
    }

    public Pattern storePermissionServiceErrorCommentPattern() {
        return storePermissionServiceErrorCommentPattern;
    }

    public void setStorePermissionServiceErrorCommentPattern(Pattern storePermissionServiceErrorCommentPattern) {
        this.storePermissionServiceErrorCommentPattern = storePermissionServiceErrorCommentPattern;
    }
}
