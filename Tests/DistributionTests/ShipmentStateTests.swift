import Distribution
import Primitives
import Testing

@Suite("The states of a shipment")
struct ShipmentStateTests {
    @Test("allow what is named and nothing else", arguments: ShipmentState.allCases, ShipmentState.Event.allCases)
    func exhaustive(state: ShipmentState, event: ShipmentState.Event) {
        let transitions: [ShipmentState: [ShipmentState.Event: ShipmentState]] = [
            .announced: [.receive: .received, .cancel: .cancelled]
        ]
        let expected = transitions[state]?[event]
        do {
            let next = try state.after(event)
            #expect(next == expected)
        } catch {
            #expect(expected == nil)
            let isSecond = state == .received && event == .receive
            #expect(error.code.rawValue == (isSecond ? "distribution.already-received" : "distribution.wrong-state"))
        }
    }
}
