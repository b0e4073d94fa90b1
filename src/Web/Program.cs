return await Plenaria.Web.Verbs.Run(args);
