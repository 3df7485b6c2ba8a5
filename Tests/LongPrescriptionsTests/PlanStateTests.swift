import Primitives
import Testing

@testable import LongPrescriptions

@Suite("The states of a plan")
struct PlanStateTests {
    static let allowed: [PlanState: [PlanState.Event: PlanState]] = [
        .active: [
            .collect: .active, .collectLast: .completed, .followUp: .active, .choosePharmacy: .active, .nameProxy: .active,
            .raiseAlert: .alerted, .suspend: .suspended, .stop: .stopped, .expire: .expired, .supersede: .superseded,
        ],
        .alerted: [
            .choosePharmacy: .alerted, .nameProxy: .alerted, .suspend: .suspended, .resume: .active, .stop: .stopped,
            .expire: .expired, .supersede: .superseded,
        ],
        .suspended: [
            .choosePharmacy: .suspended, .nameProxy: .suspended, .resume: .active, .stop: .stopped, .expire: .expired,
            .supersede: .superseded,
        ],
    ]

    @Test("every event in every state leads where the table says, or is refused", arguments: PlanState.allCases)
    func transitions(state: PlanState) {
        for event in PlanState.Event.allCases {
            var next: PlanState?
            do {
                next = try state.after(event)
            } catch {
                #expect(error.code.rawValue == "long-prescriptions.wrong-state")
            }
            #expect(next == Self.allowed[state]?[event], "\(state) \(event)")
        }
        #expect(state.isLive == (Self.allowed[state] != nil))
    }
}
