/// What is timed, one after the other, as people do it.
enum PrescriptionStep: CaseIterable {
    case nothing, readNothing, queue, take, view, review, offered, offers, claim, dispense, issue

    var name: String {
        switch self {
        case .nothing: "baseline: a command that does nothing, once, committed"
        case .readNothing: "baseline: a reading of nothing"
        case .queue: "a page of the review queue"
        case .take: "the next of the review queue is taken"
        case .view: "what the reviewer looks at"
        case .review: "it is approved"
        case .offered: "a page of what a pharmacy is offered"
        case .offers: "the pharmacies for a prescription"
        case .claim: "it is claimed"
        case .dispense: "it is dispensed"
        case .issue: "a prescription is written"
        }
    }

    /// What its median is set against; `nil` for a baseline itself.
    var baseline: PrescriptionStep? {
        switch self {
        case .nothing, .readNothing: nil
        case .queue, .view, .offered, .offers: .readNothing
        case .take, .review, .claim, .dispense, .issue: .nothing
        }
    }
}
