package org.hpqr.model;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** Row of {@code hp_definition}: one item of the Hanging Protocol Definition Sequence (0072,000C). */
@Entity
@Table(name = "hp_definition")
class ProtocolDefinition {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long pk;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "hp_fk")
    private HangingProtocol protocol;

    @Column(name = "item_number")
    private int itemNumber;

    private String modality;

    private String laterality;

    @OneToMany(mappedBy = "definition", cascade = CascadeType.ALL, orphanRemoval = true)
    private List<DefinitionCode> codes = new ArrayList<>();

    /** For JPA. */
    protected ProtocolDefinition() {
    }

    ProtocolDefinition(HangingProtocol protocol, int itemNumber, IndexedDefinition definition) {
        this.protocol = protocol;
        this.itemNumber = itemNumber;
        this.modality = definition.modality();
        this.laterality = definition.laterality();
        add(CodeRole.REGION, definition.regions());
        add(CodeRole.PROCEDURE, definition.procedures());
        add(CodeRole.REASON, definition.reasons());
    }

    private void add(CodeRole role, List<CodedConcept> concepts) {
        for (CodedConcept concept : concepts)
            codes.add(new DefinitionCode(this, role, modality, concept));
    }
}
