import Dispensing
import Primitives
import Testing

@Suite("The states of a prescription")
struct PrescriptionStateTests {
    /// Every transition there is; every other pair is refused.
    static let transitions: [PrescriptionState: [PrescriptionState.Event: PrescriptionState]] = [
        .issued: [.approve: .approved, .sendBack: .returned, .amend: .issued, .cancel: .cancelled, .expire: .expired],
        .approved: [
            .dispense: .dispensed, .dispensePart: .partlyDispensed, .amend: .issued, .cancel: .cancelled, .expire: .expired,
        ],
        .partlyDispensed: [.dispense: .dispensed, .dispensePart: .partlyDispensed, .endRest: .ended, .expire: .ended],
        .returned: [.amend: .issued, .override: .issued, .cancel: .cancelled, .expire: .expired],
    ]

    @Test("allow what is named and nothing else", arguments: PrescriptionState.allCases, PrescriptionState.Event.allCases)
    func exhaustive(state: PrescriptionState, event: PrescriptionState.Event) {
        let expected = Self.transitions[state]?[event]
        do {
            let next = try state.after(event)
            #expect(next == expected, "\(state) after \(event)")
        } catch {
            #expect(expected == nil, "\(state) after \(event)")
            let isSecond = state == .dispensed && [.dispense, .dispensePart].contains(event)
            #expect(error.code.rawValue == (isSecond ? "dispensing.already-dispensed" : "dispensing.wrong-state"))
        }
    }

    @Test("nothing is dispensed but what was approved, and nothing leaves the last states")
    func ends() {
        for state in PrescriptionState.allCases where ![.approved, .partlyDispensed].contains(state) {
            for event in [PrescriptionState.Event.dispense, .dispensePart] { #expect((try? state.after(event)) == nil) }
        }
        for state in [PrescriptionState.dispensed, .ended, .cancelled, .expired] {
            for event in PrescriptionState.Event.allCases { #expect((try? state.after(event)) == nil) }
        }
    }
}
