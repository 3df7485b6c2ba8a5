import Primitives
import Web

/// In every institution a patient is seen, the prescription reviewed centrally, and the medicine handed out.
struct DemoDispensing: Sendable {
    let client: DemoClient
    let members: DemoMembers
    let today: CalendarDate

    func run() async throws {
        try await declareReviewer()
        for (index, member) in members.facilities.enumerated() { try await serve(member, isFirst: index == 0) }
    }

    /// The consortium's reviewing pharmacist, as the norm asks for one.
    private func declareReviewer() async throws {
        let pharmacist = try await client.get("/me", as: DemoCycle.pharmacist).number("person")
        try await client.put(
            "/people/\(pharmacist)/reviewer",
            .of(["title": "in-charge", "dispensingSince": "2015-07-01", "trainedOn": "2019-09-01"]), as: DemoCycle.supervisor)
    }

    private func serve(_ member: DemoMembers.Member, isFirst: Bool) async throws {
        let (prescriber, dispenser) = ("prescriber-\(member.code)", "dispenser-\(member.code)")
        guard let medicine = try await medicine(of: member) else {
            Terminal.say("  \(member.name): no tablets for hypertension in stock")
            return
        }
        let patient = try await client.post(
            "/patients", .of(["name": .string("演示患者（\(member.name)）"), "sex": "female", "birthOn": "1958-03-07"]), as: prescriber)
        let prescription = try await DemoSigner(client: client, person: prescriber).issue(
            patient: try patient.text("id"), kind: "ordinary",
            content: .of([
                "diagnosisCode": "I10.x00", "diagnosis": "原发性高血压", "department": .of(["name": "全科医疗科"]),
                "lines": [
                    .of([
                        "product": .integer(medicine.product), "quantity": 7, "doseText": "一次1片", "dose": "1", "route": "po",
                        "frequency": "qd", "days": 7,
                    ])
                ],
            ]))
        let path = "/prescriptions/\(try prescription.text("id"))"
        try await client.post("\(path)/review", .of(["decision": "approve"]), as: DemoCycle.pharmacist)
        let handOut: JSONValue = .of([
            "store": .integer(member.pharmacy), "checks": ["prescription", "drug", "incompatibility", "rational-use"],
        ])
        let dispensed = try await client.post("\(path)/dispensing", handOut, as: dispenser)
        let batch = dispensed["lines"]?[0]?["pick"]?["batchNumber"]?.string ?? ""
        Terminal.say(
            "  处方 \(try prescription.text("number")) → 发药 \(try dispensed.text("number")) \(member.name): \(medicine.name) 7, batch \(batch)"
        )
        guard isFirst else { return }
        let again = try await client.refused("\(path)/dispensing", handOut, as: dispenser, with: "dispensing.already-dispensed")
        let back = try await client.post(
            "/dispensings/\(try dispensed.text("id"))/returns",
            .of([
                "reason": "quality", "explanation": "铝塑板破损",
                "lines": [.of(["dispensedLine": 1, "quantity": 2, "isUnopened": false])],
            ]), as: dispenser)
        Terminal.say("     dispensing again: \(again)\n     退药 \(try back.text("number")): 2 into quarantine")
    }

    /// Tablets for hypertension that the pharmacy has a week of.
    private func medicine(of member: DemoMembers.Member) async throws -> (product: Int64, name: String)? {
        let stock = try await client.all("/stores/\(member.pharmacy)/stock", as: "keeper-\(member.code)")
        for line in stock where line["state"] == "available" && line["baseUnit"] == "tablet" {
            let (product, expires) = (try line.number("product"), try line.text("expiresOn"))
            guard try line.number("quantity") >= 7, let day = CalendarDate(expires), day > today.adding(days: 30) else { continue }
            let view = try await client.get("/products/\(product)?level=\(member.level)", as: DemoCycle.officer)
            let standing = view["standing"]
            guard view["product"]?["specialControl"] == "none", standing != nil, standing?["isPermitted"] != false,
                view["product"]?["diseaseGroups"]?.elements.contains("hypertension") == true
            else { continue }
            return (product, "\(try line.text("genericName")) \(try line.text("strength"))")
        }
        return nil
    }
}
