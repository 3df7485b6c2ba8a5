public import Dispensing

extension R4.MedicationRequest.Status {
    /// Where a prescription is, in FHIR's words.
    ///
    /// Source: the definitions of the R4 code system `medicationrequest-status`. What waits for review is a draft, which is
    /// "not yet actionable, e.g. requires sign-off, verification"; what was sent back is on hold; what is partly handed out is
    /// still actionable; what ran out of validity, or ended with a rest, was stopped before all of it happened.
    public init(_ state: PrescriptionState) {
        self =
            switch state {
            case .issued: .draft
            case .returned: .onHold
            case .approved, .partlyDispensed: .active
            case .dispensed: .completed
            case .cancelled: .cancelled
            case .ended, .expired: .stopped
            }
    }

    /// The states that read as this status; none for what prescriptions never are.
    public var states: [PrescriptionState] { PrescriptionState.allCases.filter { Self($0) == self } }
}

extension PrescriptionState {
    /// Why it is where it is, for people; `nil` where the status says all.
    var reasonForPeople: String? {
        switch self {
        case .issued: "待药师审核"
        case .returned: "药师退回，待医师修改"
        case .expired: "超过有效期未调配"
        case .partlyDispensed: "已部分发药"
        case .ended: "已部分发药，余量不再发放"
        case .approved, .dispensed, .cancelled: nil
        }
    }
}

extension R4.MedicationRequest.Priority {
    /// An emergency is urgent; for a patient who waits at the pharmacy it is wanted as soon as possible.
    public init(_ kind: PrescriptionKind, patientIsWaiting: Bool = false) {
        self = kind == .emergency ? .urgent : patientIsWaiting ? .asap : .routine
    }
}
