using Plenaria.Correspondence;

namespace Plenaria.Tests.Network.Members;

public class ReplyTests
{
    [Theory]
    [InlineData(
        "Merci beaucoup.\n\nLe mar. 3 mars 2026 à 10:12, Secrétariat <s@example.org> a écrit :\n> Bonjour",
        "Merci beaucoup."
    )]
    [InlineData(
        "Sí, en tenim dos.\n\nEl dt., 3 de març 2026, Secretaria\n<s@example.org> va escriure:\n\n> Teniu consells de barri?",
        "Sí, en tenim dos."
    )]
    [InlineData("Yes.\n\nOn Tue, 3 Mar 2026 at 10:12, The Secretariat <s@example.org> wrote:\n> Do you?\n", "Yes.")]
    [InlineData("Temos.\n\n-----Mensagem original-----\nDe: a@example.org", "Temos.")]
    [InlineData("Lo enviamos mañana.\n\nDe: Secretaría <s@example.org>\nEnviado: martes", "Lo enviamos mañana.")]
    [InlineData("On this we agree:\nall of it.", "On this we agree:\nall of it.")]
    [InlineData("> quoted alone", "")]
    [InlineData("From: The house <house@example.org>\nTo: me@example.org\n\nDo you?\n\nBelow it.", "")]
    [InlineData("Above.\n-- \nRole, city", "Above.")]
    public void Of_an_answer_what_its_sender_wrote_is_kept(string mail, string written) =>
        Assert.Equal(written, ReplyParser.Parse(mail).Written);

    [Theory]
    [InlineData("We do.\n\nBest regards\nRole\nTel. 600 000 000", false)]
    [InlineData("Sí.\n\nRol, ciudad\n+34 93 000 00 00", false)]
    [InlineData("We spent 120 000 000 on it.\nIn 2026.", true)]
    [InlineData("Call us in 2026.", true)]
    public void A_telephone_below_an_answer_is_not_published_unasked(string mail, bool isCertain) =>
        Assert.Equal(isCertain, ReplyParser.Parse(mail).IsCertain);

    [Fact]
    public void An_address_carries_a_token_there_and_back()
    {
        var token = ReplyAddress.NewToken();
        Assert.Equal(
            token,
            ReplyAddress.Token(
                "Network <post@example.org>",
                ReplyAddress.For("Network <post@example.org>", token).ToUpperInvariant()
            )
        );
        Assert.Null(ReplyAddress.Token("post@example.org", "post@example.org"));
        Assert.Null(ReplyAddress.Token("post@example.org", $"other+{token}@example.org"));
        Assert.Null(ReplyAddress.Token("post@example.org", $"post+{token}@example.net"));
        Assert.NotEqual(token, ReplyAddress.NewToken());
    }

    /// <summary>
    /// How programs quote a letter in the languages of the platform; each line is one program's, as it writes it.
    /// </summary>
    public static TheoryData<string> Introductions =>
        new(
            "On Sun, Nov 29, 2026 at 10:22 AM The Network <network@example.org> wrote:",
            "El dom, 29 nov 2026 a las 10:22, Red (<network@example.org>) escribió:",
            "Le dim. 29 nov. 2026 à 10:22, Réseau <network@example.org> a écrit\u00a0:",
            "Em dom., 29 de nov. de 2026 às 10:22, Rede <network@example.org> escreveu:",
            "Rede <network@example.org> escreveu (domingo, 29/11/2026 à(s) 10:22):",
            "Missatge de Xarxa <network@example.org> del dia dg., 29 de nov. 2026 a les 10:22:",
            "El 29/11/26 a les 10:22, Xarxa ha escrit:",
            "El 29/11/26 a las 10:22, Red escribió:",
            "Le 29/11/2026 à 10:22, Réseau a écrit :",
            "Em 29/11/2026 10:22, Rede escreveu:",
            "No dia 29/11/2026, às 10:22, Rede <network@example.org> escreveu:",
            "El 29 nov 2026, a les 10:22, Xarxa <network@example.org> va escriure:",
            "Le 29 nov. 2026 à 10:22, Réseau <network@example.org> a écrit :",
            "    El domingo, 29 de noviembre de 2026, 10:22:20 CET, Red <network@example.org> escribió:  ",
            "En dimanche 29 novembre 2026 à 10:22:20 UTC+1, Réseau <network@example.org> a écrit :",
            "On Sun, 29 Nov 2026 at 10:22, The International Observatory of Participatory\nDemocracy <network@example.org> wrote:"
        );

    [Theory, MemberData(nameof(Introductions))]
    public void An_introduced_quotation_is_left_out_whether_its_lines_are_marked_or_not(string introduction)
    {
        foreach (
            var quoted in (string[])
                ["> Somebody asked something.\n> Answer above.", "Somebody asked something.\nAnswer above."]
        )
        foreach (var gap in (string[])["\n", "\n\n"])
        {
            var reply = ReplyParser.Parse($"A short answer.\n\n{introduction}{gap}{quoted}");
            Assert.Equal("A short answer.", reply.Written);
            Assert.True(reply.IsCertain, introduction);
        }
    }

    [Theory]
    [InlineData(
        "Short.\n\n________________________________\nDe: Red <network@example.org>\nEnviado: domingo\nPara: me@example.org\nAsunto: a question\n\nSomebody asked."
    )]
    [InlineData(
        "Short.\n\nDe : Réseau\nEnvoyé : dimanche 29 novembre 2026 10:22\nÀ : me@example.org\nObjet : a question\n\nSomebody asked."
    )]
    [InlineData("Short.\n\n*De:* Xarxa\n*Enviat el:* diumenge\n*Per a:* me\n*Assumpte:* a question\n\nSomebody asked.")]
    [InlineData("Short.\n\nEnviado do meu iPhone\n\n> Somebody asked.")]
    [InlineData(
        "Short.\n\nMitteilung von irgendwem um 10:22 Uhr\n##- Write your answer above this line ##-\n\nSomebody asked."
    )]
    public void A_copied_head_a_divider_or_our_own_line_ends_the_answer(string mail) =>
        Assert.StartsWith("Short.", ReplyParser.Parse(mail).Written);

    [Theory]
    // An answer between the lines of the letter.
    [InlineData("> Do you?\nYes, we do.\n> How many?\nTwo.")]
    // A program that introduces the quotation in a way unknown here.
    [InlineData("Short.\n\nAm 29.11.2026 schrieb Netz network@example.org\nSomebody asked.")]
    [InlineData("Short.\nWrite to someone@example.org.")]
    public void What_is_not_certain_is_not_published(string mail) => Assert.False(ReplyParser.Parse(mail).IsCertain);

    [Fact]
    public async Task Time_grows_with_the_length_of_a_text()
    {
        foreach (var unit in (string[])["\n", ">\n", " \n", "On 1\n", "De: a\n", "x "])
        {
            var text = string.Concat(Enumerable.Repeat(unit, 160_000 / unit.Length));
            // Far beyond what a linear reading takes; a quadratic one takes minutes.
            await Task.Run(() => ReplyParser.Parse(text)).WaitAsync(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public void Recorded_answers_of_other_programs_lead_to_the_answer_alone()
    {
        var folder = Sources.Path("..", "shared", "data", "trials", "23-mail-quotes");
        Assert.SkipUnless(Directory.Exists(folder), "The recorded mails are not at hand.");
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml"))
        {
            using var message = MimeKit.MimeMessage.Load(file);
            var reply = ReplyParser.Parse(message.TextBody!);
            Assert.True(reply.IsCertain, file);
            Assert.Matches("^(Respuesta corta|Resposta curta|Réponse courte)\\.$", reply.Written);
        }
    }
}
