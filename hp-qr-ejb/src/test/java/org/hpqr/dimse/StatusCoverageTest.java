package org.hpqr.dimse;

import static org.hpqr.status.HpService.FIND;
import static org.hpqr.status.HpService.GET;
import static org.hpqr.status.HpService.MOVE;
import static org.hpqr.status.HpService.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hpqr.status.HpService;
import org.hpqr.status.HpStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every status that an operation has is made to happen over an association: here is by which test. */
class StatusCoverageTest {

    /**
     * One status of some services.
     *
     * @param tests {@code Class#method}; a class alone where the status is the subject of many of its tests
     */
    private record Shown(HpStatus status, Set<HpService> services, List<String> tests) {
    }

    private static Shown shown(HpStatus status, Set<HpService> services, String... tests) {
        return new Shown(status, services, List.of(tests));
    }

    private static final Set<HpService> ALL = Set.of(STORE, FIND, MOVE, GET);
    private static final Set<HpService> RETRIEVE = Set.of(MOVE, GET);

    private static final List<Shown> TABLE = List.of(
            shown(HpStatus.SUCCESS, RETRIEVE, "RetrieveOutcomeTest#everyMixHasItsFinalStatus"),
            shown(HpStatus.SUCCESS, Set.of(STORE), "StoreScpTest"),
            shown(HpStatus.SUCCESS, Set.of(FIND), "FindScpTest"),
            shown(HpStatus.PENDING, RETRIEVE, "RetrieveOutcomeTest#pendingAfterEachSubOperationButTheLast",
                    "SubOperationTest#pendingByInterval"),
            shown(HpStatus.PENDING, Set.of(FIND), "FindScpTest"),
            shown(HpStatus.PENDING_WARNING, Set.of(FIND), "FindScpTest"),
            shown(HpStatus.CANCEL, RETRIEVE, "RetrieveCancelTest"),
            shown(HpStatus.CANCEL, Set.of(FIND), "FindScpTest"),
            shown(HpStatus.WARNING, RETRIEVE, "RetrieveOutcomeTest#everyMixHasItsFinalStatus"),
            shown(HpStatus.OUT_OF_RESOURCES, Set.of(STORE), "StoreScpTest"),
            shown(HpStatus.OUT_OF_RESOURCES, Set.of(FIND), "FindScpTest"),
            shown(HpStatus.CANNOT_COUNT_MATCHES, RETRIEVE, "RetrieveFailureTest#databaseDownA701AndAfterwardsAllIsWell",
                    "RetrieveFailureTest#schemaNotReadyA701", "RetrieveIdentifierTest#largerThanTheLimitA701"),
            shown(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, RETRIEVE, "RetrieveOutcomeTest#everyMixHasItsFinalStatus",
                    "RetrieveFailureTest#moreAtATimeThanAllowedA702"),
            shown(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, Set.of(MOVE), "RetrieveMisbehaviourTest#aDestinationThatIsDown",
                    "RetrieveMisbehaviourTest#aDestinationThatRejectsTheAssociation"),
            shown(HpStatus.CANNOT_PERFORM_SUB_OPERATIONS, Set.of(GET), "GetScpTest#withoutTheScpRoleAllOfAGetFail"),
            shown(HpStatus.MOVE_DESTINATION_UNKNOWN, Set.of(MOVE), "MoveScpTest#unknownA801", "MoveScpTest#notAllowedA801",
                    "MoveScpTest#missingOrEmptyA801"),
            shown(HpStatus.DOES_NOT_MATCH_SOP_CLASS, RETRIEVE,
                    "RetrieveIdentifierTest#mismatchA900WithTheOffendingElement", "RetrieveIdentifierTest#otherKeysAreA900IfStrict"),
            shown(HpStatus.DOES_NOT_MATCH_SOP_CLASS, Set.of(STORE, FIND), "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.CANNOT_UNDERSTAND, Set.of(STORE), "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.INVALID_SOP_INSTANCE, Set.of(STORE), "StoreScpTest"),
            shown(HpStatus.SOP_CLASS_NOT_SUPPORTED, ALL, "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.NOT_AUTHORIZED, ALL, "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.DUPLICATE_INVOCATION, ALL, "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.UNRECOGNIZED_OPERATION, ALL, "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.MISTYPED_ARGUMENT, ALL, "RequestChecksTest#eachViolationHasItsStatus",
                    "RequestChecksTest#withoutSopClass0212"),
            // no peer can bring these about: a fault of the service itself is put in its place
            shown(HpStatus.NO_STATUS, Set.of(FIND, MOVE, GET), "FinalStatusTest#aFaultyServiceAnswersAllTheSame"),
            shown(HpStatus.NO_STATUS, Set.of(GET), "FinalStatusTest#anErrorWhileMatchesAreLookedUpC001"),
            shown(HpStatus.STATUS_NOT_ALLOWED, Set.of(FIND, MOVE, GET), "FinalStatusTest#aFaultyServiceAnswersAllTheSame"),
            shown(HpStatus.FIND_IDENTIFIER_UNREADABLE, Set.of(FIND), "RequestChecksTest#eachViolationHasItsStatus"),
            shown(HpStatus.FIND_FAILED, Set.of(FIND), "FindScpTest", "FinalStatusTest#aFaultyServiceAnswersAllTheSame"),
            shown(HpStatus.FIND_RESPONSE_NOT_ENCODABLE, Set.of(FIND), "FindScpTest"),
            shown(HpStatus.GET_IDENTIFIER_UNREADABLE, Set.of(GET), "RetrieveIdentifierTest#unreadableC410OrC510"),
            shown(HpStatus.MOVE_IDENTIFIER_UNREADABLE, Set.of(MOVE), "RetrieveIdentifierTest#unreadableC410OrC510"),
            shown(HpStatus.GET_FAILED, Set.of(GET), "RetrieveFailureTest#aFailureBeforeTheSubOperations",
                    "RetrieveFailureTest#anInterruptionAmongTheSubOperations"),
            shown(HpStatus.MOVE_FAILED, Set.of(MOVE), "RetrieveFailureTest#aFailureBeforeTheSubOperations",
                    "RetrieveFailureTest#anInterruptionAmongTheSubOperations"),
            shown(HpStatus.GET_COUNT_NOT_ESTABLISHED, Set.of(GET), "RetrieveFailureTest#matchesThatComeTwiceCannotBeCounted"),
            shown(HpStatus.MOVE_COUNT_NOT_ESTABLISHED, Set.of(MOVE), "RetrieveFailureTest#matchesThatComeTwiceCannotBeCounted"),
            shown(HpStatus.GET_TOO_MANY_MATCHES, Set.of(GET), "LargeRetrieveTest#moreThan65535StoredObjectsAreRefused"),
            shown(HpStatus.MOVE_TOO_MANY_MATCHES, Set.of(MOVE), "LargeRetrieveTest#moreThan65535StoredObjectsAreRefused"),
            shown(HpStatus.MOVE_DESTINATION_NOT_RESOLVED, Set.of(MOVE), "MoveScpTest#directoryDownC514",
                    "MoveScpTest#directoryFailingC514"),
            shown(HpStatus.MOVE_DESTINATION_UNUSABLE, Set.of(MOVE), "MoveScpTest#unusableAddressC515",
                    "MoveScpTest#noConnectionC515"));

    static Stream<HpStatus> statuses() {
        return Arrays.stream(HpStatus.values());
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void isShownForEveryServiceThatHasIt(HpStatus status) {
        Set<HpService> services = new LinkedHashSet<>();
        TABLE.stream().filter(row -> row.status == status).forEach(row -> services.addAll(row.services));
        assertEquals(status.services(), services);
    }

    @Test
    void theTestsThatAreNamedExist() throws ClassNotFoundException {
        for (Shown row : TABLE)
            for (String test : row.tests)
                assertTrue(isThere(test), test);
    }

    private static boolean isThere(String test) throws ClassNotFoundException {
        String[] parts = test.split("#");
        Method[] methods = Class.forName("org.hpqr.dimse." + parts[0]).getDeclaredMethods();
        return Arrays.stream(methods)
                .filter(method -> parts.length == 1 || method.getName().equals(parts[1]))
                .anyMatch(method -> method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class));
    }
}
