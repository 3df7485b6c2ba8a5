import PrescriptionFlow
import Primitives
import Testing

@Suite("The states of sharing requests and deliveries")
struct FlowStateTests {
    /// Every transition there is; every other pair is refused.
    static let sharing: [SharingState: [SharingState.Event: SharingState]] = [
        .requested: [.agree: .agreed, .decline: .declined, .withdraw: .withdrawn],
        .agreed: [.decline: .declined, .withdraw: .withdrawn, .ship: .shipped],
        .shipped: [.receive: .received],
    ]
    static let deliveries: [DeliveryState: [DeliveryState.Event: DeliveryState]] = [
        .planned: [.depart: .out, .cancel: .cancelled],
        .out: [.deliver: .delivered, .fail: .failed],
        .failed: [.depart: .out, .comeBack: .returned],
    ]

    @Test("a sharing request allows what is named and nothing else", arguments: SharingState.allCases, SharingState.Event.allCases)
    func sharing(state: SharingState, event: SharingState.Event) {
        let expected = Self.sharing[state]?[event]
        do {
            #expect(try state.after(event) == expected)
        } catch {
            #expect(expected == nil && error.code == .sharingWrongState)
        }
    }

    @Test("a delivery allows what is named and nothing else", arguments: DeliveryState.allCases, DeliveryState.Event.allCases)
    func delivery(state: DeliveryState, event: DeliveryState.Event) {
        let expected = Self.deliveries[state]?[event]
        do {
            #expect(try state.after(event) == expected)
        } catch {
            #expect(expected == nil && error.code == .deliveryWrongState)
        }
    }
}
