import PooledProcurement
import Testing

@Suite("the states of pools and orders")
struct ProcurementStateTests {
    @Test("a pool takes these steps and no others")
    func pools() {
        let allowed: [PoolState: [PoolStep: PoolState]] = [
            .open: [.tender: .tendered, .close: .closed],
            .tendered: [.tender: .tendered, .order: .ordered, .close: .closed],
            .ordered: [.tender: .ordered, .order: .ordered, .close: .closed],
        ]
        for state in PoolState.allCases {
            for step in PoolStep.allCases { #expect(state.after(step) == allowed[state]?[step], "\(state) \(step)") }
        }
    }

    @Test("an order takes these steps and no others")
    func orders() {
        let allowed: [OrderState: [OrderStep: OrderState]] = [
            .draft: [.approve: .approved, .revise: .draft, .cancel: .cancelled],
            .approved: [.send: .sent, .revise: .draft, .cancel: .cancelled],
            .sent: [
                .confirm: .confirmed, .agree: .sent, .receiveSome: .partlyReceived, .receiveAll: .received, .cancel: .cancelled,
                .close: .closed,
            ],
            .confirmed: [
                .agree: .confirmed, .receiveSome: .partlyReceived, .receiveAll: .received, .cancel: .cancelled, .close: .closed,
            ],
            .partlyReceived: [
                .agree: .partlyReceived, .receiveSome: .partlyReceived, .receiveAll: .received, .cancel: .cancelled,
                .close: .closed,
            ],
            .received: [.close: .closed],
        ]
        for state in OrderState.allCases {
            for step in OrderStep.allCases { #expect(state.after(step) == allowed[state]?[step], "\(state) \(step)") }
        }
    }

    @Test("an order is live until it ends, and known to its supplier once it is sent")
    func liveOrders() {
        #expect(OrderState.allCases.filter(\.isLive) == [.draft, .approved, .sent, .confirmed, .partlyReceived])
        #expect(OrderState.allCases.filter { !$0.isKnownToSupplier } == [.draft, .approved])
    }
}
