import Dispensing
import Primitives
import Testing

@Suite("The states of a prescription")
struct PrescriptionStateTests {
    /// Every transition there is; every other pair is refused.
    static let transitions: [PrescriptionState: [PrescriptionState.Event: PrescriptionState]] = [
        .issued: [.approve: .approved, .sendBack: .returned, .cancel: .cancelled, .expire: .expired],
        .approved: [.dispense: .dispensed, .cancel: .cancelled, .expire: .expired],
        .returned: [.amend: .issued, .cancel: .cancelled, .expire: .expired],
    ]

    @Test("allow what is named and nothing else", arguments: PrescriptionState.allCases, PrescriptionState.Event.allCases)
    func exhaustive(state: PrescriptionState, event: PrescriptionState.Event) {
        let expected = Self.transitions[state]?[event]
        do {
            let next = try state.after(event)
            #expect(next == expected, "\(state) after \(event)")
        } catch {
            #expect(expected == nil, "\(state) after \(event)")
            let isSecond = state == .dispensed && event == .dispense
            #expect(error.code.rawValue == (isSecond ? "dispensing.already-dispensed" : "dispensing.wrong-state"))
        }
    }

    @Test("nothing is dispensed but what was approved, and nothing leaves the last states")
    func ends() {
        for state in PrescriptionState.allCases where state != .approved { #expect((try? state.after(.dispense)) == nil) }
        for state in [PrescriptionState.dispensed, .cancelled, .expired] {
            for event in PrescriptionState.Event.allCases { #expect((try? state.after(event)) == nil) }
        }
    }
}
