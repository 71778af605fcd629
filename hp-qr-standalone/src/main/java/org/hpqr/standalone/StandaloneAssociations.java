package org.hpqr.standalone;

import java.io.IOException;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.pdu.AAssociateAC;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.ExtendedNegotiation;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.pdu.UserIdentityAC;
import org.hpqr.dataset.Implementation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens at the beginning and the end of an association, beyond what the toolkit does by itself.
 *
 * <ul>
 * <li>Our own implementation identity is in the answer (PS3.7 D.3.3.2).
 * <li>The identity of the user is verified ({@link UserIdentity}).
 * <li>The extended negotiation of C-FIND is answered as PS3.4 K.5.1 has it: in the length that was offered, with neither
 * fuzzy semantic matching of person names (there are none) nor timezone adjustment. The toolkit's own answer has another
 * length if four bytes are offered. The other SOP classes have no extended negotiation (PS3.4 GG.2, U.4.2, U.4.3).
 * <li>The log says which exception has ended an association.
 * </ul>
 */
final class StandaloneAssociations extends AssociationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneAssociations.class);

    private static final byte[] WITHOUT_TIMEZONE = {1, 1, 0};
    private static final byte[] WITH_TIMEZONE = {1, 1, 0, 0};

    private final UserIdentity identity;

    StandaloneAssociations(UserIdentity identity) {
        this.identity = identity;
    }

    @Override
    protected AAssociateAC makeAAssociateAC(Association as, AAssociateRQ rq, UserIdentityAC userIdentity) throws IOException {
        AAssociateAC ac = super.makeAAssociateAC(as, rq, userIdentity);
        ac.setImplClassUID(Implementation.CLASS_UID);
        ac.setImplVersionName(Implementation.VERSION_NAME);
        identity.negotiate(as, rq, ac);
        ExtendedNegotiation offer = rq.getExtNegotiationFor(UID.HangingProtocolInformationModelFind);
        if (offer != null && offer.getInformation().length >= WITHOUT_TIMEZONE.length && isFindAccepted(rq, ac))
            ac.addExtendedNegotiation(new ExtendedNegotiation(UID.HangingProtocolInformationModelFind,
                    offer.getInformation().length == WITHOUT_TIMEZONE.length ? WITHOUT_TIMEZONE : WITH_TIMEZONE));
        return ac;
    }

    @Override
    protected void onClose(Association as) {
        Throwable cause = as.getException() == null ? null : as.getException().getCause();
        if (cause instanceof RuntimeException) {
            // its message may quote a data set
            LOG.warn("{}: ended by an exception: {}", as, cause.getClass().getName());
            LOG.debug("{}: ended by an exception", as, cause);
        }
        super.onClose(as);
    }

    private static boolean isFindAccepted(AAssociateRQ rq, AAssociateAC ac) {
        return rq.getPresentationContexts().stream()
                .filter(context -> UID.HangingProtocolInformationModelFind.equals(context.getAbstractSyntax()))
                .map(context -> ac.getPresentationContext(context.getPCID()))
                .anyMatch(PresentationContext::isAccepted);
    }
}
