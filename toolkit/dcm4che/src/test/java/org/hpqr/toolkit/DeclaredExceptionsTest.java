package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.io.DicomStreamException;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.AssociationHandler;
import org.dcm4che3.net.Connection;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.IncompatibleConnectionException;
import org.dcm4che3.net.NoPresentationContextException;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.service.BasicCFindSCP;
import org.dcm4che3.net.service.BasicCGetSCP;
import org.dcm4che3.net.service.BasicCMoveSCP;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.BasicQueryTask;
import org.dcm4che3.net.service.BasicRetrieveTask;
import org.dcm4che3.net.service.DicomServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checked exceptions that the fork made unchecked or lost: without them, code with a catch for them does not compile here, and
 * code without one does not compile against dcm4che.
 */
class DeclaredExceptionsTest {

    static Stream<Arguments> declared() {
        return Stream.of(
                Arguments.of(Fragments.class, "toBytes", Set.of(IOException.class)),
                Arguments.of(Sequence.class, "toBytes", Set.of(IOException.class)),
                Arguments.of(DicomOutputStream.class, "<init>", Set.of(IOException.class)),
                Arguments.of(AssociationHandler.class, "makeAAssociateAC", Set.of(IOException.class)),
                Arguments.of(Device.class, "reconfigure", Set.of(IOException.class, GeneralSecurityException.class)),
                Arguments.of(BasicCStoreSCP.class, "store", Set.of(IOException.class)),
                Arguments.of(BasicCStoreSCP.class, "onDimseRQ", Set.of(IOException.class)),
                Arguments.of(BasicCFindSCP.class, "calculateMatches", Set.of(DicomServiceException.class)),
                Arguments.of(BasicCGetSCP.class, "calculateMatches", Set.of(DicomServiceException.class)),
                Arguments.of(BasicCMoveSCP.class, "calculateMatches", Set.of(DicomServiceException.class)),
                Arguments.of(BasicQueryTask.class, "adjust", Set.of(DicomServiceException.class)),
                Arguments.of(BasicRetrieveTask.class, "selectTransferSyntaxFor", Set.of(Exception.class)),
                Arguments.of(ApplicationEntity.class, "findCompatibleConnection", Set.of(IncompatibleConnectionException.class)),
                Arguments.of(Association.class, "pcFor", Set.of(NoPresentationContextException.class)));
    }

    @ParameterizedTest
    @MethodSource("declared")
    void theMethodDeclares(Class<?> type, String name, Set<Class<?>> exceptions) {
        Stream<? extends Executable> members = name.equals("<init>") ? Stream.of(type.getConstructors())
                : Stream.of(type.getDeclaredMethods()).filter(method -> method.getName().equals(name) && !method.isBridge());
        assertEquals(Set.of(exceptions), members.map(member -> Set.of(member.getExceptionTypes())).collect(Collectors.toSet()));
    }

    @Test
    void theExceptionsOfTheToolkitAreChecked() {
        assertEquals(Exception.class, IncompatibleConnectionException.class.getSuperclass());
        for (Class<?> type : Set.of(DicomServiceException.class, DicomStreamException.class, NoPresentationContextException.class))
            assertEquals(IOException.class, type.getSuperclass());
    }

    /** Not called: that the compiler accepts the catch clauses is the test. */
    static void compiles(ApplicationEntity ae, Connection remote, AAssociateRQ request, Attributes attrs) {
        try {
            ae.connect(remote, request);
        } catch (IncompatibleConnectionException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
