package org.hpqr.database;

import java.util.List;

/**
 * What the database knows of one item of the Hanging Protocol Definition Sequence (0072,000C).
 *
 * @param modality   Modality (0008,0060); {@code null} if unknown
 * @param laterality Laterality (0020,0060); {@code null} if unknown
 * @param regions    Anatomic Region Sequence (0008,2218)
 * @param procedures Procedure Code Sequence (0008,1032)
 * @param reasons    Reason for Requested Procedure Code Sequence (0040,100A)
 */
public record IndexedDefinition(String modality, String laterality, List<CodedConcept> regions,
                                List<CodedConcept> procedures, List<CodedConcept> reasons) {

    /** The codes in one of its sequences. */
    List<CodedConcept> codes(CodeRole role) {
        return switch (role) {
            case REGION -> regions;
            case PROCEDURE -> procedures;
            case REASON -> reasons;
        };
    }
}
