import Dispensing
import Identity
import Parties
import Postgres
import PrescriptionFlow
import Primitives

extension PrescriptionFlowRoutes {
    private static let deliveryTag = Phrase("送药", "Deliveries to home and village")
    private static let carriers: Set<Role> = [.pharmacist, .dispenser, .storekeeper]
    private static let ofDelivery: [any RefusalCode] =
        codes(.deliveryUnknown, .deliveryWrongState) + [IdentityRefusalCode.otherFacility]

    static func deliveries(_ pepper: ResidentPepper) -> [Endpoint] { deliveryReadings + deliveryCommands + [handover(pepper)] }

    private static let deliveryReadings: [Endpoint] = [
        .reading(
            "prescription-flow.deliveries", "/stores/{storeID:number}/deliveries", tag: deliveryTag,
            summary: Phrase("药房的送药单，新的在前", "The deliveries from a store, newest first"), roles: carriers.union([.supervisor]),
            query: [.choice("state", DeliveryState.self, Phrase("状态", "Only in this state"))] + .paging, refusals: ofStore,
            answer: PageOf<Delivery>.self
        ) { call, transaction in
            let store = try ownStore(call, transaction)
            let page = try call.page()
            let found = try DeliveryStore(transaction, call.principal.consortium).deliveries(
                of: store.id, state: call.query(choice: "state"), after: try after(page), limit: page.limit + 1)
            return PageOf(found, of: page) { [$0.id.description] }
        },
        .reading(
            "prescription-flow.delivery", "/deliveries/{deliveryID:uuid}", tag: deliveryTag,
            summary: Phrase("送药单", "A delivery"), roles: carriers.union([.supervisor]),
            refusals: codes(.deliveryUnknown) + [IdentityRefusalCode.otherFacility], answer: Delivery.self
        ) { call, transaction in
            try DeliveryStore(transaction, call.principal.consortium).delivery(try call.id("deliveryID"), for: call.principal)
        },
    ]

    private static let deliveryCommands: [Endpoint] = [
        .command(
            "prescription-flow.plan-delivery", "/dispensings/{dispensingID:uuid}/deliveries", tag: deliveryTag,
            summary: Phrase("安排送药到家、到村", "Plans to bring what was handed out to a home or a village clinic"),
            roles: [.pharmacist, .dispenser],
            refusals: codes(
                .addressMissing, .productNotDelivered, .coldChainUndeclared, .deliveredAlready, .documentIDTaken)
                + [DispensingRefusalCode.dispensingUnknown, IdentityRefusalCode.otherFacility],
            creates: true, body: DeliveryBody.self, answer: Delivery.self
        ) { call, transaction in
            try PlanDelivery(
                delivery: call.body.delivery ?? DeliveryID(call.requestID), dispensing: try call.id("dispensingID"),
                place: call.body.place, address: call.body.address, keepsCold: call.body.keepsCold ?? false
            ).run(in: transaction, by: call.principal, at: call.now)
        },
        .command(
            "prescription-flow.move-delivery", "/deliveries/{deliveryID:uuid}/steps", tag: deliveryTag,
            summary: Phrase("送药出发、未送达、退回、取消", "A delivery leaves, fails, comes back or is cancelled"), roles: carriers,
            refusals: ofDelivery + codes(.reasonMissing), body: DeliveryStepBody.self, answer: Delivery.self
        ) { call, transaction in
            try MoveDelivery(delivery: try call.id("deliveryID"), step: call.body.move)
                .run(in: transaction, by: call.principal, at: call.now)
        },
    ]

    private static func handover(_ pepper: ResidentPepper) -> Endpoint {
        .command(
            "prescription-flow.hand-over-delivery", "/deliveries/{deliveryID:uuid}/handover", tag: deliveryTag,
            summary: Phrase("送达签收：本人或代收人", "Hands a delivery over to the patient or a proxy"), roles: carriers,
            refusals: ofDelivery + codes(.recipientUnidentified), body: DeliveryHandoverBody.self, answer: Delivery.self
        ) { call, transaction in
            try HandOverDelivery(delivery: try call.id("deliveryID"), to: call.body.taker)
                .run(in: transaction, by: call.principal, at: call.now, pepper: pepper)
        }
    }
}
